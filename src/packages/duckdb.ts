/**
 * SQL over files, within this process. Nothing imports it but by name and when it is needed: Deno
 * would fetch it for every command otherwise.
 */
export { type DuckDBConnection, DuckDBInstance } from "npm:@duckdb/node-api@1.5.5-r.5";
