/** Casts as some databases have them, from times when PostgreSQL made a text of everything. */

/**
 * Every type becomes a text, and a text every type, without a word. An operator that fits two types
 * after such casts is none any more: `text || integer` is refused.
 */
export const IMPLICIT_CASTS = `do $do$
declare
  types text[] := '{int2,int4,int8,numeric,float4,float8,bool,date,time,timestamp,timestamptz,
    interval,uuid,json,jsonb,oid,name,bpchar,varchar,text,bytea,xid,regclass}';
  one text; words text; pair text;
begin
  foreach one in array types loop
    foreach words in array '{text,varchar}'::text[] loop
      foreach pair in array array[one || ' as ' || words, words || ' as ' || one] loop
        begin
          execute format('create cast (%s) with inout as implicit', pair);
        exception when duplicate_object or invalid_object_definition then null;
        end;
      end loop;
    end loop;
  end loop;
end $do$`;
