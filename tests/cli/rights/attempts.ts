/** What a spy tries. */
export type Attempt =
  | { readonly read: string }
  | { readonly list: string }
  | { readonly write: string }
  | { readonly link: string }
  | { readonly run: string }
  | { readonly connect: readonly [host: string, port: number] | string }
  | { readonly listen: number }
  | { readonly env: string }
  | { readonly sys: "uid" | "hostname" }
  | { readonly ffi: string }
  | { readonly load: string }
  | { readonly worker: string }
  | { readonly ask: Deno.PermissionName };
