/** The hash of a password as Django 4.2 stores it: `pbkdf2_sha256$<iterations>$<salt>$<hash>`. */

/** How often Django 4.2 hashes. */
export const DJANGO_ITERATIONS = 600_000;

/**
 * What salts are made of, and how long they are, which Django asks for. Redd's begin alike, so that a
 * password it has set is told from one of a person; 18 random characters have 107 bits.
 */
const MARK = "redd";
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const SALT_LENGTH = 22;

/** A pattern of LIKE for the hashes of passwords that Redd has set. */
export const DEMO_HASH = `pbkdf2\\_sha256$%$${MARK}__________________$%`;

/** A new salt. */
export function newSalt(): string {
  let salt = MARK;
  while (salt.length < SALT_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(SALT_LENGTH))) {
      // Above the last multiple of 62 some characters would come more often than others.
      if (byte < 248 && salt.length < SALT_LENGTH) salt += ALPHABET[byte % ALPHABET.length];
    }
  }
  return salt;
}

/** PBKDF2 with SHA-256, 32 bytes in base64, as Django's PBKDF2PasswordHasher encodes it. */
export async function djangoHash(
  password: string,
  salt: string,
  iterations = DJANGO_ITERATIONS,
): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey("raw", bytes(password), "PBKDF2", false, [
    "deriveBits",
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations },
    key,
    256,
  );
  const base64 = btoa(String.fromCharCode(...new Uint8Array(bits)));
  return `pbkdf2_sha256$${iterations}$${salt}$${base64}`;
}
