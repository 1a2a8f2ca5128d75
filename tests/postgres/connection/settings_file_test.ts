// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../../src/errors.ts";
import { LARGEST_SETTINGS, readSettings } from "../../../src/postgres/connection/settings_file.ts";
import { type Address, addressOf } from "../../../src/postgres/connection/address.ts";
import { readCredentials } from "../../../src/postgres/connection/tls.ts";
import { inTempFolder } from "../../generate/files.ts";

Deno.test("a file of settings is read with its mode, through a link too, without its BOM", () =>
  inTempFolder((folder) => {
    const file = `${folder}/pgpass`;
    Deno.writeTextFileSync(file, "\uFEFF*:*:*:*:canary\n", { mode: 0o600 });
    Deno.symlinkSync(file, `${folder}/link`);
    for (const path of [file, `${folder}/link`]) {
      const { text, mode } = readSettings(path)!;
      assertEquals([text, mode! & 0o777], ["*:*:*:*:canary\n", 0o600]);
    }
    return Promise.resolve();
  }));

Deno.test("what is no regular file is no file of settings, and nothing waits for it", () =>
  inTempFolder(async (folder) => {
    const fifo = `${folder}/fifo`;
    await new Deno.Command("mkfifo", { args: [fifo] }).output();
    for (const path of [fifo, folder, "/dev/null", "/dev/zero", `${folder}/none`]) {
      assertEquals(readSettings(path), undefined, path);
    }
  }));

Deno.test("a file that is far too large for settings is refused with size and cap", () =>
  inTempFolder((folder) => {
    const file = `${folder}/pgpass`;
    Deno.writeFileSync(file, new Uint8Array(LARGEST_SETTINGS + 1));
    const error = assertThrows(() => readSettings(file), ReddError);
    assertEquals([error.code, error.exitCode], ["SETTINGS_UNREADABLE", 2]);
    assertEquals(
      error.message,
      `Cannot read the service or password file ${file}: it has 1000001 bytes, expected at most ` +
        "1000000. Name another with PGSERVICEFILE or PGPASSFILE.",
    );
    return Promise.resolve();
  }));

Deno.test("certificates are regular files of some size, and a key is its owner's alone", () =>
  inTempFolder(async (folder) => {
    const none = (_: unknown, because: string) => new Error(because);
    const plain = addressOf([{ pieces: {}, refusal: none as never }]);
    const read = (files: Partial<Address>) => readCredentials({ ...plain, ...files });
    const refused = (files: Partial<Address>) => {
      const error = assertThrows(() => read(files), ReddError);
      return [error.code, error.message.replaceAll(folder, "DIR")];
    };
    const file = `${folder}/a.pem`;
    Deno.writeTextFileSync(file, "pem");
    Deno.symlinkSync(file, `${folder}/link`);
    Deno.writeFileSync(`${folder}/large`, new Uint8Array(4_000_001));
    await new Deno.Command("mkfifo", { args: [`${folder}/fifo`] }).output();
    assertEquals(read({ sslrootcert: `${folder}/link` }), { ca: "pem" });
    const cannot = (name: string, because: string) => [
      "CERTIFICATE_UNREADABLE",
      `Cannot read the certificate or key ${name}: ${because}. ` +
      "Correct sslrootcert, sslcert or sslkey.",
    ];
    const regular = "expected a regular file";
    assertEquals(
      refused({ sslrootcert: `${folder}/fifo` }),
      cannot("DIR/fifo", `it is a fifo, ${regular}`),
    );
    assertEquals(
      refused({ sslcert: "/dev/zero" }),
      cannot("/dev/zero", `it is a device, ${regular}`),
    );
    assertEquals(refused({ sslkey: folder }), cannot("DIR", `it is a folder, ${regular}`));
    assertEquals(
      refused({ sslrootcert: `${folder}/large` }),
      cannot("DIR/large", "it has 4000001 bytes, expected at most 4000000"),
    );
    assertEquals(
      refused({ sslkey: `${folder}/none` }),
      cannot("DIR/none", "there is no such file"),
    );

    for (const mode of [0o600, 0o400, 0o700]) {
      Deno.chmodSync(file, mode);
      assertEquals(read({ sslcert: file, sslkey: file }), { cert: "pem", key: "pem" });
    }
    for (const mode of [0o604, 0o660, 0o666, 0o644]) {
      Deno.chmodSync(file, mode);
      assertEquals(refused({ sslcert: file, sslkey: file }), [
        "KEY_OPEN",
        `Cannot use the key DIR/a.pem: others than its owner may read it (mode ${
          mode.toString(8)
        }). Make it your own: chmod 600 DIR/a.pem.`,
      ]);
    }
  }));
