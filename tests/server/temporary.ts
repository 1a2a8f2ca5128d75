/** A temporary folder that the account of an embedded server can enter. */
export async function temporaryFolder(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "redd-test-" });
  await Deno.chmod(folder, 0o755);
  return folder;
}
