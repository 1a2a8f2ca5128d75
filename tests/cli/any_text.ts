/** Texts as anybody may write them, for properties. */
import { fc } from "../random.ts";

export const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.nat(0x2fff)).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom(
    "a\nerror: forged",
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31m",
    "\u202egnp.exe",
    "\u2066x\u2069",
    "\u200bhidden",
    "line\u2028separator",
    "\ud800 alone",
    "back\bspace\r",
    "\u{e0041}",
  ),
);
