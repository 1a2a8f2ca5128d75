/** A temporary folder that the account of an embedded server can enter. */
export async function temporaryFolder(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "redd-test-" });
  await Deno.chmod(folder, 0o755);
  return folder;
}

/** Deno and its npm packages in the home of another user, who may not look into that of root. */
export async function denoFor(home: string): Promise<string> {
  const info = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { npmCache } = JSON.parse(new TextDecoder().decode(info.stdout));
  for (const [from, to] of [[npmCache, "npm"], [Deno.execPath(), "deno"]] as const) {
    const copy = 'cp -rl "$1" "$2" 2>/dev/null || { rm -rf "$2"; cp -r "$1" "$2"; }';
    const { success } = await new Deno.Command("sh", {
      args: ["-c", copy, "sh", from, `${home}/${to}`],
    }).output();
    if (!success) throw new Error(`${from} could not be copied`);
  }
  return `${home}/deno`;
}
