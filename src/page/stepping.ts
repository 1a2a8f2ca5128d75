/**
 * Walking through a drawing: the pointer or the arrow keys choose a step, which is marked and read
 * out. A drawing is one stop of the Tab key, however much is in it.
 */

/** One place of a drawing. */
export interface DrawingStep {
  /** What is said of it: `2024-05-03: 1,204 t`. */
  readonly text: string;
  /** Where it is, in the drawing's own units; a line is drawn there. */
  readonly x?: number;
  /** Elements that are marked, in the place of a line. */
  readonly marks?: readonly Element[];
  /** Elements that belong to the same thing, and are marked with them, less. */
  readonly kin?: readonly Element[];
  /** What a click on the marks, or the Enter key, opens. */
  readonly open?: () => void;
}

const SVG = "http://www.w3.org/2000/svg";

/** The moves of keys, from one of so many steps to another. */
const KEYS: Readonly<Record<string, (at: number, all: number) => number>> = {
  ArrowRight: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, all) => at + Math.ceil(all / 10),
  PageUp: (at, all) => at - Math.ceil(all / 10),
  Home: () => 0,
  End: (_, all) => all - 1,
};

/** Lets a box's drawing be walked through. */
export function stepping(
  box: HTMLElement,
  svg: SVGSVGElement,
  readout: HTMLElement,
  steps: readonly DrawingStep[],
): void {
  if (steps.length === 0) return;
  let at = -1;
  const line = document.createElementNS(SVG, "line");
  line.setAttribute("class", "step");
  line.setAttribute("y1", "12");
  line.setAttribute("y2", String(svg.viewBox.baseVal.height - 30));
  line.setAttribute("visibility", "hidden");
  svg.append(line);
  const choose = (place: number) => {
    const next = Math.max(0, Math.min(steps.length - 1, place));
    if (next === at) return;
    for (const mark of steps[at]?.kin ?? []) mark.classList.remove("kin");
    for (const mark of steps[at]?.marks ?? []) mark.classList.remove("chosen");
    at = next;
    const { text, x, marks, kin } = steps[at]!;
    for (const mark of kin ?? []) mark.classList.add("kin");
    for (const mark of marks ?? []) mark.classList.add("chosen");
    if (x !== undefined) {
      line.setAttribute("x1", String(x));
      line.setAttribute("x2", String(x));
      line.setAttribute("visibility", "visible");
    }
    readout.textContent = text;
  };
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Drawing: arrow keys read its values");
  box.onkeydown = (event) => {
    const open = steps[at]?.open;
    if (event.key === "Enter" && open !== undefined) {
      event.preventDefault();
      return open();
    }
    const move = event.altKey || event.ctrlKey || event.metaKey ? undefined : KEYS[event.key];
    if (move === undefined) return;
    event.preventDefault();
    choose(at < 0 && event.key !== "End" ? 0 : move(at, steps.length));
  };
  const placeOf = new Map(
    steps.flatMap(({ marks = [] }, place) => marks.map((mark) => [mark, place] as const)),
  );
  box.onclick = (event) => {
    const marked = placeOf.get(event.target as Element);
    if (marked !== undefined) steps[marked]!.open?.();
  };
  const positions = steps.map(({ x }) => x);
  box.onpointermove = (event) => {
    const marked = placeOf.get(event.target as Element);
    if (marked !== undefined) return choose(marked);
    if (positions.some((x) => x === undefined)) return;
    const { left, width } = svg.getBoundingClientRect();
    const x = (event.clientX - left) * svg.viewBox.baseVal.width / width;
    choose(nearest(positions as number[], x));
  };
}

/** The place of the number that is nearest to another, in ascending ones. */
function nearest(numbers: readonly number[], x: number): number {
  let best = 0;
  for (let place = 1; place < numbers.length; place++) {
    if (Math.abs(numbers[place]! - x) >= Math.abs(numbers[best]! - x)) break;
    best = place;
  }
  return best;
}
