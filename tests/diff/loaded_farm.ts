/** A loaded database that tests take copies of, to break. */
import { load } from "../load/believed.ts";
import { ask, type TestServer } from "../load/databases.ts";

let copies = 0;

/** Loads a dataset once; every call of the result makes a database with it and returns its URL. */
export async function loadedOnce(test: TestServer, folder: string): Promise<() => Promise<string>> {
  const url = await test.freshDatabase();
  await load(folder, { url });
  const template = new URL(url).pathname.slice(1);
  return async () => {
    const name = `loaded_${++copies}`;
    await ask(test.server.url("postgres"), `create database ${name} template ${template}`);
    return test.server.url(name);
  };
}
