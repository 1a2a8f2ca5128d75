/** Where a link leads, while what stands above it is still being drawn and moves it. */

/** What a reader does when he has gone on. */
const GOING_ON = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/** So long drawing may take, in milliseconds. */
const SETTLED = 4000;

/** Brings an element to the top and keeps it there until all is drawn or the reader goes on. */
export function landOn(target: Element): void {
  const land = () => target.scrollIntoView({ behavior: "instant" });
  land();
  const moves = new ResizeObserver(land);
  moves.observe(document.getElementById("content")!);
  const end = () => {
    moves.disconnect();
    for (const event of GOING_ON) removeEventListener(event, end);
  };
  for (const event of GOING_ON) addEventListener(event, end, { passive: true });
  setTimeout(end, SETTLED);
}
