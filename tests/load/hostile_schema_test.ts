/**
 * A target whose public schema has functions and operators that PostgreSQL would take before its own,
 * and whose casts make some of its own ambiguous.
 */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { generate } from "../../src/generate/generate.ts";
import { diffDataset, load, loadDeferred, rebuildDataset } from "./believed.ts";
import { restoreTarget } from "../../src/load/rebuild/restore.ts";
import { loadStatus } from "../../src/load/rebuild/status.ts";
import { wipeDatabase } from "../../src/load/wipe/wipe.ts";
import { verifyDatabase } from "../../src/verify/engines/postgres.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { freshAquamind } from "../aquamind/build.ts";
import { ask, startTestServer } from "./databases.ts";
import { IMPLICIT_CASTS } from "./implicit_casts.ts";
import { LARGE, migrated } from "./rebuild/farm.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

/**
 * Operators between types for which PostgreSQL converts one side, and functions that it has for
 * other types: what is called says so and fails. An aggregate takes its rows by such a function too.
 */
const TRAPS = `do $do$
declare
  types text[] := '{int2,int4,int8,numeric,float8,text,varchar,bpchar,name,oid,date,timestamptz}';
  sign text; a text; b text; one text;
begin
  foreach a in array types loop
    execute format($f$create function public.trap(%1$s) returns text language plpgsql as
      $$begin raise exception 'shadowed'; end$$;
      create function public.step(int8, %1$s) returns int8 language plpgsql as
      $$begin raise exception 'shadowed'; end$$;
      create aggregate public.count(%1$s) (sfunc = public.step, stype = int8, initcond = '0')$f$, a);
    foreach one in array '{lower,length,format_type,quote_ident,abs,pg_size_bytes}'::text[] loop
      begin
        execute format($f$create function public.%I(%s) returns text language plpgsql as
          $$begin raise exception 'shadowed'; end$$$f$, one, a);
      exception when others then null;
      end;
    end loop;
    foreach b in array types loop
      execute format($f$create function public.trap(%s, %s) returns bool language plpgsql as
        $$begin raise exception 'shadowed'; end$$;
        create function public.trap_sum(%1$s, %2$s) returns numeric language plpgsql as
        $$begin raise exception 'shadowed'; end$$;
        create function public.format(text, %1$s, %2$s) returns text language plpgsql as
        $$begin raise exception 'shadowed'; end$$$f$, a, b);
      foreach sign in array '{=,<>,<,>,<=,>=}'::text[] loop
        execute format('create operator public.%s (function = public.trap, leftarg = %s,
          rightarg = %s)', sign, a, b);
      end loop;
      foreach sign in array '{+,-,*,/}'::text[] loop
        execute format('create operator public.%s (function = public.trap_sum, leftarg = %s,
          rightarg = %s)', sign, a, b);
      end loop;
    end loop;
  end loop;
end $do$`;

/**
 * A database with traps, of which some catch whoever looks into the schema. The rebuild way gets one
 * with views of somebody's, the other one in which master data are merged.
 */
async function hostile(way: "deferred" | "rebuild"): Promise<string> {
  const url = way === "rebuild" ? await migrated(test) : await freshAquamind(test, "2026-03");
  await ask(url, "alter table batch_mortalityevent drop constraint if exists unchecked");
  const alone = "set search_path = pg_catalog";
  await ask(url, alone, TRAPS, IMPLICIT_CASTS);
  const caught = await ask(url, "select count(oid) from pg_class").catch(({ message }) => message);
  assertEquals(caught, "shadowed");
  const ambiguous = await ask(url, alone, "select 'a'::text || 1").catch(({ message }) => message);
  assertEquals(ambiguous, "operator is not unique: text || integer");
  // Whoever connects to it looks there first.
  const name = new URL(url).pathname.slice(1);
  await ask(url, `alter database "${name}" set search_path = public, pg_catalog`);
  return url;
}

const folder = join(test.folder, "farm");
const schedule = oneBatch({ duration: 130, start: "2024-01-15" });
const { manifest } = await generate({ folder, schedule, fixtures: lean, seed: 7, workers: 1 });

for (const way of ["deferred", "rebuild"] as const) {
  Deno.test(`nothing that Redd does in the ${way} way calls what lies in the target's schema`, async () => {
    const url = await hostile(way);
    const { method } = way === "deferred"
      ? await loadDeferred(folder, { url })
      : await rebuildDataset(folder, { url, large: LARGE });
    assertEquals(method, way);
    assertEquals((await loadStatus(url)).running, false);
    assertEquals((await diffDataset(folder, url)).equal, true);
    const { results } = await verifyDatabase(url, manifest);
    const wrong = results.filter(({ status }) => status === "broken" || status === "failed")
      .map(({ check, details }) => `${check.id}: ${details}`);
    assertEquals(wrong, []);
    assert(results.some(({ status }) => status === "passed"));
    await restoreTarget(url);
    await load(folder, { url, replace: true });
    const { wiped } = await wipeDatabase(url);
    assertEquals(wiped, true);
  });
}
