/** What a server says, but for what a slow machine says besides. */
export function collectNotices(): { readonly notices: string[]; onNotice(text: string): void } {
  const notices: string[] = [];
  return {
    notices,
    onNotice(text) {
      if (!text.startsWith("Still waiting for ")) notices.push(text);
    },
  };
}
