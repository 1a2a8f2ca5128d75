(() => {
  // src/page/address.ts
  var PREFIX = "#batch=";
  function batchAddress(number) {
    return PREFIX + encodeURIComponent(number);
  }
  function batchOfAddress(hash) {
    if (!hash.startsWith(PREFIX)) return void 0;
    try {
      return decodeURIComponent(hash.slice(PREFIX.length));
    } catch {
      return hash.slice(PREFIX.length);
    }
  }

  // src/page/dom.ts
  function element(name, attributes = {}, ...content2) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== void 0) made.setAttribute(key, String(value));
    }
    made.append(...content2.filter((one) => one !== void 0));
    return made;
  }
  function said(text) {
    return element("bdi", {}, text);
  }
  function isolated(text) {
    return `\u2068${text}\u2069`;
  }

  // src/page/series.ts
  function numbersOf(deltas, unit = 1) {
    let whole = 0;
    return deltas.map((delta) => {
      if (delta === null) return null;
      whole += delta;
      return whole * unit;
    });
  }

  // src/page/words.ts
  var WHOLE = new Intl.NumberFormat("en", {
    maximumFractionDigits: 0
  });
  var SHORT = new Intl.NumberFormat("en", {
    notation: "compact",
    maximumSignificantDigits: 3
  });
  function wholeText(n) {
    return WHOLE.format(n);
  }
  function shortText(n) {
    return SHORT.format(n);
  }
  function decimalText(n, digits) {
    return n.toLocaleString("en", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits
    });
  }
  function weightText(kg) {
    if (kg < 1e4) return `${wholeText(kg)} kg`;
    return `${wholeText(kg / 1e3)} t`;
  }
  function bytesText(bytes) {
    const units = [
      "B",
      "kB",
      "MB",
      "GB",
      "TB"
    ];
    let unit = 0;
    while (bytes >= 1e3 && unit < units.length - 1) {
      bytes /= 1e3;
      unit++;
    }
    return `${unit === 0 ? bytes : decimalText(bytes, 1)} ${units[unit]}`;
  }
  function countText(n, one, many = `${one}s`) {
    return `${wholeText(n)} ${n === 1 ? one : many}`;
  }
  function shortName(name, most = 24) {
    const letters = [
      ...name
    ];
    const end = letters.at(-1) === "\u2069" ? "\u2069" : "";
    return letters.length <= most ? name : `${letters.slice(0, most - 1).join("")}\u2026${end}`;
  }

  // src/page/batch_facts.ts
  var sum = (numbers) => numbers.reduce((all, one) => all + (one ?? 0), 0);
  function shareOfEggs(n, { eggs }) {
    return eggs === null || eggs === 0 ? "" : `, ${decimalText(100 * n / eggs, 1)} % of the eggs`;
  }
  function batchFacts(batch, { lastDay }) {
    const deaths = sum(numbersOf(batch.deaths));
    const feed = batch.feedKg ?? 0;
    const harvested = batch.harvests.reduce((all, { fish }) => all + fish, 0);
    const live = batch.harvests.reduce((all, one) => all + one.live, 0);
    const fact2 = (name, ...content2) => element("div", {}, element("dt", {}, name), element("dd", {}, ...content2));
    return element("dl", {
      class: "facts"
    }, fact2("Status", said(batch.status.toLowerCase()), ", ", said(batch.stage)), fact2("Geography", batch.geography === null ? "none" : said(batch.geography)), fact2("Life", `${batch.start} to ${batch.end ?? lastDay}${batch.end === null ? ", goes on" : ""}`), fact2("Eggs", batch.eggs === null ? "none" : wholeText(batch.eggs)), fact2("Deaths", countText(deaths, "fish", "fish") + shareOfEggs(deaths, batch)), fact2("Feed eaten", weightText(feed)), fact2("Harvest", harvested === 0 ? "none" : `${countText(harvested, "fish", "fish")}, ${weightText(live)}, ${decimalText(live / harvested, 2)} kg each`), ...batch.notes === "" ? [] : [
      fact2("Notes", said(batch.notes))
    ]);
  }

  // src/report/data/series.ts
  function deltasOf(values, unit = 1) {
    let before = 0;
    return values.map((value) => {
      if (value === null) return null;
      const whole = Math.round(value / unit);
      const delta = whole - before;
      before = whole;
      return delta;
    });
  }

  // src/report/data/batch.ts
  var BATCH_UNITS = {
    weight: 0.01,
    fcr: 1e-3
  };

  // src/page/legend.ts
  var SVG = "http://www.w3.org/2000/svg";
  var STROKE = {
    "stroke-width": "1.8"
  };
  var SHAPES = {
    area: (fill) => ({
      kind: "rect",
      x: "1",
      y: "1",
      width: "16",
      height: "10",
      fill
    }),
    dot: (fill) => ({
      kind: "circle",
      cx: "9",
      cy: "6",
      r: "4",
      fill
    }),
    ring: (stroke) => ({
      kind: "circle",
      cx: "9",
      cy: "6",
      r: "4",
      fill: "none",
      stroke,
      ...STROKE
    }),
    diamond: (stroke) => ({
      kind: "path",
      d: "M9,0.5L13,6L9,11.5L5,6Z",
      fill: "none",
      stroke,
      ...STROKE
    }),
    triangle: (fill) => ({
      kind: "path",
      d: "M9,1L15,11H3Z",
      fill
    }),
    line: (stroke) => ({
      kind: "path",
      d: "M0,6H18",
      stroke,
      "stroke-width": "2.5"
    }),
    dashed: (stroke) => ({
      kind: "path",
      d: "M0,6H18",
      stroke,
      "stroke-width": "2.5",
      "stroke-dasharray": "5 3"
    })
  };
  function swatch({ colour, shape: shape2 = "area" }) {
    const svg = document.createElementNS(SVG, "svg");
    for (const [name, value] of [
      [
        "width",
        "18"
      ],
      [
        "height",
        "12"
      ],
      [
        "aria-hidden",
        "true"
      ]
    ]) {
      svg.setAttribute(name, value);
    }
    const { kind, ...attributes } = SHAPES[shape2](colour);
    const mark2 = document.createElementNS(SVG, kind);
    for (const [name, value] of Object.entries(attributes)) mark2.setAttribute(name, value);
    svg.append(mark2);
    return svg;
  }
  function legend(entries) {
    return element("ul", {
      class: "legend"
    }, ...entries.map((entry) => element("li", {}, swatch(entry), element("bdi", {}, entry.name))));
  }

  // src/page/stepping.ts
  var SVG2 = "http://www.w3.org/2000/svg";
  var KEYS = {
    ArrowRight: (at) => at + 1,
    ArrowLeft: (at) => at - 1,
    ArrowDown: (at) => at + 1,
    ArrowUp: (at) => at - 1,
    PageDown: (at, all) => at + Math.ceil(all / 10),
    PageUp: (at, all) => at - Math.ceil(all / 10),
    Home: () => 0,
    End: (_, all) => all - 1
  };
  function stepping(box2, svg, readout, steps) {
    if (steps.length === 0) return;
    let at = -1;
    const line = document.createElementNS(SVG2, "line");
    line.setAttribute("class", "step");
    line.setAttribute("y1", "12");
    line.setAttribute("y2", String(svg.viewBox.baseVal.height - 30));
    line.setAttribute("visibility", "hidden");
    svg.append(line);
    const choose = (place) => {
      const next = Math.max(0, Math.min(steps.length - 1, place));
      if (next === at) return;
      for (const mark2 of steps[at]?.kin ?? []) mark2.classList.remove("kin");
      for (const mark2 of steps[at]?.marks ?? []) mark2.classList.remove("chosen");
      at = next;
      const { text, x, marks, kin } = steps[at];
      for (const mark2 of kin ?? []) mark2.classList.add("kin");
      for (const mark2 of marks ?? []) mark2.classList.add("chosen");
      if (x !== void 0) {
        line.setAttribute("x1", String(x));
        line.setAttribute("x2", String(x));
        line.setAttribute("visibility", "visible");
      }
      readout.textContent = text;
    };
    box2.tabIndex = 0;
    box2.setAttribute("role", "group");
    box2.setAttribute("aria-label", "Drawing: arrow keys read its values");
    box2.onkeydown = (event) => {
      const open = steps[at]?.open;
      if (event.key === "Enter" && open !== void 0) {
        event.preventDefault();
        return open();
      }
      const move = event.altKey || event.ctrlKey || event.metaKey ? void 0 : KEYS[event.key];
      if (move === void 0) return;
      event.preventDefault();
      choose(at < 0 && event.key !== "End" ? 0 : move(at, steps.length));
    };
    const placeOf = new Map(steps.flatMap(({ marks = [] }, place) => marks.map((mark2) => [
      mark2,
      place
    ])));
    box2.onclick = (event) => {
      const marked = placeOf.get(event.target);
      if (marked !== void 0) steps[marked].open?.();
    };
    const positions = steps.map(({ x }) => x);
    box2.onpointermove = (event) => {
      const marked = placeOf.get(event.target);
      if (marked !== void 0) return choose(marked);
      if (positions.some((x2) => x2 === void 0)) return;
      const { left, width } = svg.getBoundingClientRect();
      const x = (event.clientX - left) * svg.viewBox.baseVal.width / width;
      choose(nearest(positions, x));
    };
  }
  function nearest(numbers, x) {
    let best = 0;
    for (let place = 1; place < numbers.length; place++) {
      if (Math.abs(numbers[place] - x) >= Math.abs(numbers[best] - x)) break;
      best = place;
    }
    return best;
  }

  // src/page/table.ts
  var isNumber = (cell) => typeof cell === "number" || typeof cell === "string" && /^[-−]?[\d,.]+( \S{1,4})?$/.test(cell);
  function tableElement({ caption, head, rows }) {
    const headCells = head.map((name, place) => {
      const numeric = rows.length > 0 && rows.every((row) => isNumber(row[place]));
      return element("th", {
        scope: "col",
        class: numeric ? "number" : void 0
      }, name);
    });
    const made = element("table", {}, element("caption", {}, caption), element("thead", {}, element("tr", {}, ...headCells)), element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell, place) => {
      const content2 = typeof cell === "number" ? String(cell) : cell;
      return place === 0 ? element("th", {
        scope: "row"
      }, content2) : element("td", {
        class: isNumber(cell) ? "number" : void 0
      }, content2);
    })))));
    return element("div", {
      class: "scroll",
      tabindex: 0,
      role: "region",
      "aria-label": caption
    }, made);
  }

  // src/page/figure.ts
  function emptyFigure({ title, why }) {
    return element("figure", {
      class: "empty"
    }, element("figcaption", {}, element("h3", {}, title)), element("p", {}, why));
  }
  function figure(options) {
    const { title, description, draw: draw2, steps } = options;
    const box2 = element("div", {
      class: "drawing"
    });
    const readout = element("output", {
      class: "readout",
      "aria-live": "polite"
    });
    const numbers = element("details", {
      class: "numbers"
    }, element("summary", {}, "As a table"));
    numbers.addEventListener("toggle", () => {
      if (numbers.open && numbers.childElementCount === 1) {
        numbers.append(tableElement(options.table()));
      }
    });
    let drawnWidth = 0;
    new ResizeObserver(([entry]) => {
      const width = Math.floor(entry.contentRect.width);
      if (width === 0 || width === drawnWidth) return;
      drawnWidth = width;
      const svg = draw2(width);
      svg.setAttribute("role", options.links ? "group" : "img");
      svg.setAttribute("aria-label", `${title}. ${description}`);
      box2.replaceChildren(svg);
      if (steps !== void 0) stepping(box2, svg, readout, steps(svg));
    }).observe(box2);
    return element("figure", {}, element("figcaption", {}, element("h3", {}, title), element("p", {}, description)), options.legend === void 0 ? void 0 : legend(options.legend), box2, steps === void 0 ? void 0 : readout, numbers);
  }

  // src/page/plot.ts
  var Plot = globalThis.ReddPlot;
  var CLASS = "redd-plot";
  var MARGIN = {
    top: 24,
    right: 16,
    bottom: 36,
    left: 56
  };
  function drawing(options) {
    return Plot.plot({
      marginTop: MARGIN.top,
      marginRight: MARGIN.right,
      marginBottom: MARGIN.bottom,
      marginLeft: MARGIN.left,
      height: 280,
      ...options,
      className: CLASS
    });
  }
  var TIME = {
    type: "utc",
    label: null
  };
  function dateOfDay(day) {
    return /* @__PURE__ */ new Date(`${day}T00:00:00Z`);
  }
  function dayAfter(day, days) {
    return new Date(Date.parse(`${day}T00:00:00Z`) + days * 864e5);
  }
  function isoDay(date) {
    return date.toISOString().slice(0, 10);
  }

  // src/page/plot_marks.ts
  function marksIn(svg, label) {
    const group = svg.querySelector(`g[aria-label="${label}"]`);
    return group === null ? [] : [
      ...group.children
    ];
  }
  function timeScale(svg) {
    const scale = svg.scale("x");
    return (day) => scale.apply(day);
  }
  function groundLine() {
    return Plot.ruleY([
      0
    ], {
      stroke: "currentColor",
      strokeOpacity: 0.6
    });
  }

  // src/page/bars.ts
  function datedFigure(dated) {
    const { title, label, rows, colour, shape: shape2, cap, say, why } = dated;
    if (rows.length === 0) return emptyFigure({
      title,
      why
    });
    const isCut = cap !== void 0 && rows.some(({ value }) => value > cap);
    const description = isCut ? `${dated.description} What is above ${say(cap)} is cut off; the table has it.` : dated.description;
    const weekEnd = ({ day }) => dayAfter(isoDay(day), 7);
    return figure({
      title,
      description,
      draw: (width) => drawing({
        width,
        x: TIME,
        y: {
          label,
          grid: true,
          tickFormat: "~s",
          ...isCut ? {
            domain: [
              0,
              cap
            ]
          } : {
            nice: true,
            zero: true
          }
        },
        marks: [
          shape2 === "weeks" ? Plot.rectY(rows, {
            x1: "day",
            x2: weekEnd,
            y: "value",
            fill: colour,
            insetRight: 0.6
          }) : Plot.line(rows, {
            x: "day",
            y: "value",
            stroke: colour,
            strokeWidth: 2.2,
            clip: isCut
          }),
          groundLine()
        ]
      }),
      steps: (svg) => {
        const x = timeScale(svg);
        const half = shape2 === "weeks" ? 3.5 * 864e5 : 0;
        return rows.map(({ day, value }) => ({
          text: `${shape2 === "weeks" ? "week of " : ""}${isoDay(day)}: ${say(value)}`,
          x: x(new Date(day.getTime() + half))
        }));
      },
      table: () => ({
        caption: title,
        head: [
          shape2 === "weeks" ? "Week of" : "Day",
          label
        ],
        rows: rows.map(({ day, value }) => [
          isoDay(day),
          say(value)
        ])
      })
    });
  }

  // src/page/batch_feed.ts
  var CAP = 4;
  function batchFeedFigures(batch, { lastDay, stages }) {
    const days = numbersOf(batch.feeding.day).map((day) => dayAfter(batch.start, day));
    const rowsOf = (values) => values.flatMap((value, place) => value === null ? [] : [
      {
        day: days[place],
        value
      }
    ]);
    const feed = numbersOf(batch.feeding.feed);
    const why = batch.stages.length <= 1 ? `Nothing was fed up to ${lastDay}: fish of the first stage${stages[0] === void 0 ? "" : `, ${stages[0]},`} live on their yolk.` : `Nothing was fed up to ${lastDay}.`;
    const isFed = feed.some((value) => (value ?? 0) > 0);
    return [
      datedFigure({
        title: "Feed",
        description: "Feed eaten in each week of the calendar.",
        label: "Feed in a week (kg)",
        rows: isFed ? rowsOf(feed) : [],
        colour: "var(--series-3)",
        shape: "weeks",
        say: weightText,
        why
      }),
      datedFigure({
        title: "Feed conversion ratio",
        description: "Kilograms of feed for each kilogram that the batch gained, week by week; weeks without a gain have none.",
        label: "FCR (kg/kg)",
        rows: isFed ? rowsOf(numbersOf(batch.feeding.fcr, BATCH_UNITS.fcr)) : [],
        colour: "var(--series-4)",
        cap: CAP,
        shape: "line",
        say: (ratio) => decimalText(ratio, 3),
        why
      })
    ];
  }

  // src/page/choice.ts
  var groups = 0;
  function choice({ name, options, onChoose }) {
    const group = `choice-${++groups}`;
    return element("fieldset", {
      class: "choice"
    }, element("legend", {}, name), ...options.map((option, place) => {
      const input = element("input", {
        type: "radio",
        name: group
      });
      input.checked = place === 0;
      input.addEventListener("change", () => onChoose(place));
      return element("label", {}, input, " ", element("bdi", {}, option));
    }));
  }

  // src/page/colours.ts
  function stageColour(place) {
    return `var(--stage-${place % 6 + 1})`;
  }
  function seriesColour(place) {
    return `var(--series-${place % 6 + 1})`;
  }

  // src/page/batch_growth.ts
  var COLOURS = {
    states: "var(--series-1)",
    projection: "var(--series-5)",
    samples: "var(--series-4)"
  };
  var STRIP = 6;
  function gramsText(grams) {
    return `${grams < 10 ? decimalText(grams, 2) : wholeText(grams)} g`;
  }
  function seriesOf(batch) {
    const weekly = (deltas) => numbersOf(deltas, BATCH_UNITS.weight).flatMap((grams, week) => grams === null ? [] : [
      {
        day: dayAfter(batch.start, 7 * week),
        grams
      }
    ]);
    const { samples } = batch;
    const [least, most] = [
      samples.least,
      samples.most
    ].map((one) => numbersOf(one, BATCH_UNITS.weight));
    const days = numbersOf(samples.day);
    return {
      states: weekly(batch.weeks.weight),
      projection: weekly(batch.projection),
      samples: numbersOf(samples.weight, BATCH_UNITS.weight).map((grams, place) => ({
        day: dayAfter(batch.start, days[place]),
        grams,
        least: least[place] ?? grams,
        most: most[place] ?? grams
      }))
    };
  }
  function stagesOf(batch, { stages }) {
    return batch.stages.map(({ stage, since, until }) => ({
      x1: dayAfter(batch.start, since),
      x2: dayAfter(batch.start, until + 1),
      colour: stageColour(stages.indexOf(stage))
    }));
  }
  function growthDrawing(batch, data, isLog, width) {
    const { states, projection, samples } = seriesOf(batch);
    const weights = {
      x: "day",
      y: "grams"
    };
    const height = width < 600 ? 300 : 380;
    return drawing({
      width,
      height,
      x: TIME,
      y: {
        label: "Weight of a fish (g)",
        grid: true,
        nice: true,
        ...isLog ? {
          type: "log",
          tickFormat: (g) => String(g),
          ticks: 5
        } : {
          zero: true
        }
      },
      color: {
        type: "identity"
      },
      marks: [
        Plot.rect(stagesOf(batch, data), {
          x1: "x1",
          x2: "x2",
          fill: "colour",
          insetBottom: height - MARGIN.top - MARGIN.bottom - STRIP
        }),
        Plot.ruleX(samples, {
          x: "day",
          y1: "least",
          y2: "most",
          stroke: COLOURS.samples,
          strokeOpacity: 0.45
        }),
        Plot.line(projection, {
          ...weights,
          stroke: COLOURS.projection,
          strokeWidth: 2.2,
          strokeDasharray: "7 4"
        }),
        Plot.line(states, {
          ...weights,
          stroke: COLOURS.states,
          strokeWidth: 2.2
        }),
        Plot.dot(samples, {
          ...weights,
          fill: COLOURS.samples,
          r: 2.6
        })
      ]
    });
  }
  function stepsOf(batch, svg) {
    const { states, projection, samples } = seriesOf(batch);
    const x = timeScale(svg);
    const projected = new Map(projection.map(({ day, grams }) => [
      day.getTime(),
      grams
    ]));
    return states.map(({ day, grams }) => {
      const said3 = [
        `${isoDay(day)}: daily state ${gramsText(grams)}`
      ];
      const planned = projected.get(day.getTime());
      if (planned !== void 0) said3.push(`projection ${gramsText(planned)}`);
      const sample = samples.find((one) => one.day >= day && one.day.getTime() < day.getTime() + 7 * 864e5);
      if (sample !== void 0) {
        said3.push(`sample of ${isoDay(sample.day)} ${gramsText(sample.grams)} (${gramsText(sample.least)} to ${gramsText(sample.most)})`);
      }
      return {
        text: said3.join(", "),
        x: x(day)
      };
    });
  }
  function growthFigure(batch, data) {
    const { states, projection, samples } = seriesOf(batch);
    const title = "Growth";
    if (states.length + samples.length === 0) {
      return emptyFigure({
        title,
        why: "No day of this batch was simulated yet."
      });
    }
    const place = element("div");
    const show = (isLog) => place.replaceChildren(figure({
      title,
      description: "What a fish weighs: daily states and the projection once in seven days, and every day of samples with its mean, from the lightest to the heaviest fish. The strip above has the stages.",
      legend: [
        {
          name: "Daily states",
          colour: COLOURS.states,
          shape: "line"
        },
        {
          name: "Projection",
          colour: COLOURS.projection,
          shape: "dashed"
        },
        {
          name: "Samples",
          colour: COLOURS.samples,
          shape: "dot"
        },
        ...batch.stages.map(({ stage }) => ({
          name: stage,
          colour: stageColour(data.stages.indexOf(stage))
        }))
      ],
      draw: (width) => growthDrawing(batch, data, isLog, width),
      steps: (svg) => stepsOf(batch, svg),
      table: () => ({
        caption: "Weight of a fish in grams, by series",
        head: [
          "Day",
          "Series",
          "Weight (g)",
          "Lightest (g)",
          "Heaviest (g)"
        ],
        rows: [
          [
            "daily state",
            states
          ],
          [
            "projection",
            projection
          ],
          [
            "sample",
            samples
          ]
        ].flatMap(([name, rows]) => rows.map(({ day, grams, least, most }) => [
          isoDay(day),
          name,
          decimalText(grams, 2),
          least === void 0 ? "" : decimalText(least, 2),
          most === void 0 ? "" : decimalText(most, 2)
        ]))
      })
    }));
    show(false);
    return element("div", {}, choice({
      name: "Scale of weight",
      options: [
        "linear",
        "logarithmic"
      ],
      onChoose: (chosen) => show(chosen === 1)
    }), place);
  }

  // src/page/batch_harvest.ts
  var WIDEST = 64;
  function batchHarvestFigures(batch, { lastDay }) {
    const title = "Harvest";
    const { grades, harvests } = batch;
    if (harvests.length === 0) {
      const why = batch.end === null ? `Not harvested: on the last day, ${lastDay}, it lives as ${isolated(batch.stage)}.` : `It ended on ${batch.end} without a harvest.`;
      return [
        emptyFigure({
          title,
          why
        })
      ];
    }
    const all = grades.reduce((sum3, { live }) => sum3 + live, 0);
    const [first, last] = [
      harvests[0].day,
      harvests.at(-1).day
    ];
    const rows = grades.map(({ grade, fish, live }) => ({
      grade: isolated(grade),
      fish,
      tonnes: live / 1e3
    }));
    const byGrade = figure({
      title: "Harvest by grade",
      description: `Live weight of each grade, harvested ${first === last ? `on ${first}` : `from ${first} to ${last}`}.`,
      draw: (width) => drawing({
        width,
        height: 40 + 34 * rows.length + 36,
        marginLeft: 130,
        x: {
          label: "Live weight (t)",
          grid: true,
          nice: true,
          tickFormat: "~s",
          ticks: 5
        },
        y: {
          label: null,
          domain: rows.map(({ grade }) => grade)
        },
        marks: [
          Plot.barX(rows, {
            x: "tonnes",
            y: "grade",
            fill: "var(--series-1)",
            insetTop: 4,
            insetBottom: 4
          }),
          Plot.ruleX([
            0
          ])
        ]
      }),
      steps: (svg) => {
        const bars = marksIn(svg, "bar");
        return rows.map(({ grade, fish, tonnes }, place) => ({
          text: `${grade}: ${weightText(1e3 * tonnes)}, ${countText(fish, "fish", "fish")}, ${decimalText(1e3 * tonnes / Math.max(1, fish), 2)} kg each, ${decimalText(1e5 * tonnes / all, 1)} % of the weight`,
          marks: [
            bars[place]
          ]
        }));
      },
      table: () => ({
        caption: "Harvest by grade",
        head: [
          "Grade",
          "Fish",
          "Live weight (t)",
          "Mean (kg)"
        ],
        rows: rows.map(({ grade, fish, tonnes }) => [
          grade,
          wholeText(fish),
          decimalText(tonnes, 1),
          decimalText(1e3 * tonnes / Math.max(1, fish), 2)
        ])
      })
    });
    const inset = (width) => Math.max(4, (0.8 * (width - 90) / harvests.length - WIDEST) / 2);
    const days = harvests.map(({ day, live }) => ({
      day,
      tonnes: live / 1e3
    }));
    const byDay = figure({
      title: "Harvest by day",
      description: "Live weight of each day of harvest.",
      draw: (width) => drawing({
        width,
        height: 40 + 34 * Math.max(2, rows.length) + 36,
        x: {
          label: null,
          domain: days.map(({ day }) => day),
          tickRotate: days.length > 6 ? -35 : 0
        },
        y: {
          label: "Live weight (t)",
          grid: true,
          nice: true,
          tickFormat: "~s",
          ticks: 5
        },
        marginBottom: days.length > 6 ? 62 : 36,
        marks: [
          Plot.barY(days, {
            x: "day",
            y: "tonnes",
            fill: "var(--series-5)",
            insetLeft: inset(width),
            insetRight: inset(width)
          }),
          groundLine()
        ]
      }),
      steps: (svg) => {
        const bars = marksIn(svg, "bar");
        return harvests.map(({ day, containers, fish, live, gutted }, place) => ({
          text: `${day}: ${weightText(live)} live, ${weightText(gutted)} gutted, ${countText(fish, "fish", "fish")} of ${countText(containers, "container")}`,
          marks: [
            bars[place]
          ]
        }));
      },
      table: () => ({
        caption: "Harvest by day",
        head: [
          "Day",
          "Containers",
          "Fish",
          "Live weight (t)",
          "Gutted weight (t)"
        ],
        rows: harvests.map(({ day, containers, fish, live, gutted }) => [
          day,
          containers,
          wholeText(fish),
          decimalText(live / 1e3, 1),
          decimalText(gutted / 1e3, 1)
        ])
      })
    });
    const pair = document.createElement("div");
    pair.className = "pair";
    pair.append(byGrade, byDay);
    return [
      pair
    ];
  }

  // src/page/batch_population.ts
  function weeksOf(batch, deltas) {
    return numbersOf(deltas).flatMap((value, week) => value === null ? [] : [
      {
        day: dayAfter(batch.start, 7 * week),
        value
      }
    ]);
  }
  function populationFigures(batch) {
    const why = "No day of this batch was simulated yet.";
    const say = (n) => countText(n, "fish", "fish");
    return [
      datedFigure({
        title: "Population",
        description: "Fish that live, once in seven days.",
        label: "Fish",
        rows: weeksOf(batch, batch.weeks.fish),
        colour: "var(--series-1)",
        shape: "line",
        say,
        why
      }),
      datedFigure({
        title: "Deaths",
        description: "Fish that died in each week of the batch's life.",
        label: "Deaths in a week (fish)",
        rows: weeksOf(batch, batch.deaths),
        colour: "var(--series-2)",
        shape: "weeks",
        say,
        why
      })
    ];
  }

  // src/page/batch_tables.ts
  function titled(title, table) {
    return element("figure", {
      class: "list"
    }, element("figcaption", {}, element("h3", {}, title)), tableElement(table));
  }
  function transferTable(batch, { lastDay }) {
    const title = "Transfers";
    if (batch.transfers.length === 0) {
      const why = `None up to ${lastDay}: it still is where it was hatched, as ${isolated(batch.stage)}.`;
      return emptyFigure({
        title,
        why
      });
    }
    return titled(title, {
      caption: "From stage to stage; a sale is one to another company",
      head: [
        "First day",
        "Last day",
        "From",
        "To",
        "Fish",
        "Deaths",
        "Biomass",
        "Moves",
        "Sale"
      ],
      rows: batch.transfers.map(({ start, end, from, to, fish, deaths, biomass, moves, sale }) => [
        start ?? "",
        end ?? "goes on",
        isolated(from),
        to === null ? "" : isolated(to),
        wholeText(fish),
        wholeText(deaths),
        weightText(biomass),
        moves,
        sale ? "yes" : "no"
      ])
    });
  }
  function treatmentTable(batch, { lastDay }) {
    const title = "Treatments";
    if (batch.treatments.length === 0) {
      const why = `None up to ${lastDay}: vaccination comes with later stages, and lice with the sea.`;
      return emptyFigure({
        title,
        why
      });
    }
    return titled(title, {
      caption: "Vaccinations and treatments, a line for all containers of a day",
      head: [
        "Day",
        "Kind",
        "Description",
        "Containers",
        "Withholding (days)",
        "Outcome"
      ],
      rows: batch.treatments.map(({ day, type, description, containers, withholding, outcome }) => [
        day,
        isolated(type),
        isolated(description),
        containers,
        withholding,
        isolated(outcome)
      ])
    });
  }

  // src/page/landing.ts
  var GOING_ON = [
    "wheel",
    "touchstart",
    "pointerdown",
    "keydown"
  ];
  var SETTLED = 4e3;
  function landOn(target) {
    const land = () => target.scrollIntoView({
      behavior: "instant"
    });
    land();
    const moves = new ResizeObserver(land);
    moves.observe(document.getElementById("content"));
    const end = () => {
      moves.disconnect();
      for (const event of GOING_ON) removeEventListener(event, end);
    };
    for (const event of GOING_ON) addEventListener(event, end, {
      passive: true
    });
    setTimeout(end, SETTLED);
  }

  // src/page/batch.ts
  function shown(batch, data) {
    const pair = (figures) => element("div", {
      class: "pair"
    }, ...figures);
    return [
      batchFacts(batch, data),
      growthFigure(batch, data),
      pair(populationFigures(batch)),
      pair(batchFeedFigures(batch, data)),
      transferTable(batch, data),
      treatmentTable(batch, data),
      ...batchHarvestFigures(batch, data)
    ];
  }
  function optionsOf(batches) {
    const option = ({ number, start, status }) => element("option", {
      value: number
    }, `${isolated(number)}, from ${start}, ${isolated(status.toLowerCase())}`);
    const groups2 = Map.groupBy(batches, ({ geography }) => geography ?? "No geography");
    return Array.from(groups2, ([name, own]) => element("optgroup", {
      label: name
    }, ...own.map(option)));
  }
  function firstOf({ batches }) {
    return batches.find(({ harvests }) => harvests.length > 0) ?? batches[0];
  }
  function drawBatch(data, root) {
    const { batches } = data;
    const first = firstOf(data);
    if (first === void 0) {
      root.append(element("p", {
        class: "empty"
      }, "This dataset has no batch."));
      return;
    }
    const select = element("select", {
      id: "batch-choice"
    }, ...optionsOf(batches));
    const heading = element("h3", {
      class: "batch",
      "aria-live": "polite"
    });
    const place = element("div", {
      id: "batch-shown"
    });
    const order = [
      ...select.options
    ].map(({ value }) => value);
    let current;
    const step = (by) => {
      const next = order[order.indexOf(current) + by];
      if (next !== void 0) location.hash = batchAddress(next);
    };
    const before = element("button", {
      type: "button"
    }, "Previous");
    const after = element("button", {
      type: "button"
    }, "Next");
    before.addEventListener("click", () => step(-1));
    after.addEventListener("click", () => step(1));
    const show = (number) => {
      if (number === current) return;
      const batch = batches.find((one) => one.number === number);
      if (batch === void 0) {
        current = void 0;
        heading.replaceChildren("This dataset has no batch ", said(number));
        place.replaceChildren(element("p", {}, "Choose one from the list."));
        return;
      }
      current = number;
      select.value = number;
      before.ariaDisabled = String(order[0] === number);
      after.ariaDisabled = String(order.at(-1) === number);
      heading.replaceChildren(said(number));
      place.replaceChildren(...shown(batch, data));
    };
    select.addEventListener("change", () => location.hash = batchAddress(select.value));
    const follow2 = () => {
      const number = batchOfAddress(location.hash);
      if (number === void 0) return;
      show(number);
      if (root.contains(document.activeElement)) return;
      landOn(root);
      root.querySelector("h2")?.focus({
        preventScroll: true
      });
    };
    addEventListener("hashchange", follow2);
    root.append(element("div", {
      class: "choice"
    }, element("label", {
      for: "batch-choice"
    }, "Batch"), select, ...batches.length > 1 ? [
      before,
      after
    ] : []), heading, place);
    show(first.number);
    follow2();
  }
  var batchSection = {
    id: "batch",
    title: "A batch",
    about: "One batch from its eggs to its harvest. The address of the page names it, and can be kept.",
    draw: drawBatch
  };

  // src/page/dictionary/relations.ts
  var BATCH_TABLE = "batch_batch";
  function refersTo({ name, columns }, all = true) {
    const links = columns.filter(({ of: of2, optional }) => of2 !== void 0 && (all || !optional));
    return [
      ...new Set(links.flatMap(({ of: of2 }) => of2 === name ? [] : of2))
    ];
  }
  function batchRelations(tables) {
    const shown2 = tables.filter(({ name, rows, historyOf }) => name === BATCH_TABLE || historyOf === void 0 && (rows ?? 0) > 0);
    const refers = new Map(shown2.map((table) => [
      table.name,
      refersTo(table)
    ]));
    const requires = new Map(shown2.map((table) => [
      table.name,
      refersTo(table, false)
    ]));
    const batch = shown2.find(({ name }) => name === BATCH_TABLE);
    const up = new Set((batch === void 0 ? [] : refersTo(batch)).filter((name) => !refers.get(name)?.includes(BATCH_TABLE)));
    const depths = /* @__PURE__ */ new Map([
      [
        BATCH_TABLE,
        0
      ]
    ]);
    const open = new Set(up);
    const depthOf = (name) => {
      const known = depths.get(name);
      if (known !== void 0) return known;
      if (open.has(name)) return -1;
      open.add(name);
      const depthsAbove = (names) => (names.get(name) ?? []).map(depthOf).filter((depth2) => depth2 >= 0);
      const must = depthsAbove(requires);
      const above = must.length > 0 ? must : depthsAbove(refers);
      open.delete(name);
      const depth = above.length === 0 ? -1 : Math.max(...above) + 1;
      depths.set(name, depth);
      return depth;
    };
    for (const { name } of shown2) if (!up.has(name)) depthOf(name);
    const parentOf = (name) => {
      const depth = depths.get(name);
      return (refers.get(name) ?? []).find((one) => depths.get(one) === depth - 1 && !up.has(one));
    };
    const below = Map.groupBy(shown2.map(({ name }) => name).filter((name) => (depths.get(name) ?? -1) > 0 && !up.has(name)), parentOf);
    const treeOf = (name, parent) => ({
      name,
      parent,
      depth: depths.get(name),
      children: (below.get(name) ?? []).map((child) => treeOf(child, name))
    });
    return {
      referred: [
        ...up
      ].filter((name) => refers.has(name)).map((name) => ({
        name,
        depth: -1,
        parent: BATCH_TABLE,
        children: []
      })),
      batch: treeOf(BATCH_TABLE, BATCH_TABLE),
      deepest: Math.max(...depths.values())
    };
  }

  // src/page/dictionary/relations_figure.ts
  var SVG3 = "http://www.w3.org/2000/svg";
  var [BOX, STEP] = [
    32,
    38
  ];
  var [BOX_WIDTH, GAP] = [
    176,
    16
  ];
  var INDENT = 14;
  function shape(name, attributes, text) {
    const made = document.createElementNS(SVG3, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    if (text !== void 0) made.textContent = text;
    return made;
  }
  function inColumns(tables, width) {
    const { referred, batch, deepest } = batchRelations(tables);
    const column = Math.min(230, (width - BOX_WIDTH - 2) / (deepest + 1));
    const placed = [];
    let next = 0;
    const place = (one) => {
      const below = one.children.map(place);
      const y = below.length === 0 ? (next += STEP) - STEP : (below[0] + below.at(-1)) / 2;
      placed.push({
        ...one,
        x: (one.depth + 1) * column,
        y,
        width: BOX_WIDTH
      });
      return y;
    };
    const middle = place(batch);
    const top = Math.max(0, middle - (referred.length - 1) * STEP / 2);
    referred.forEach((one, n) => placed.push({
      ...one,
      x: 0,
      y: top + n * STEP,
      width: BOX_WIDTH
    }));
    return placed;
  }
  function inOutline(tables, width) {
    const { referred, batch } = batchRelations(tables);
    const placed = [];
    const place = (one, indent) => {
      const x = indent * INDENT;
      placed.push({
        ...one,
        x,
        y: placed.length * STEP,
        width: Math.min(240, width - x - 2)
      });
      for (const child of one.children) place(child, indent + 1);
    };
    for (const one of referred) place(one, 0);
    place(batch, 0);
    return placed;
  }
  function tie(from, to, columns) {
    const half = BOX / 2;
    const d = columns ? curve(from.x < to.x ? [
      from,
      to
    ] : [
      to,
      from
    ]) : from.x === to.x ? `M${from.x + 6},${Math.min(from.y, to.y) + BOX}V${Math.max(from.y, to.y)}` : `M${from.x + 6},${from.y + BOX}V${to.y + half}H${to.x}`;
    return shape("path", {
      d,
      class: "tie"
    });
  }
  function curve([left, right]) {
    const half = BOX / 2;
    const [x1, y1, x2, y2] = [
      left.x + left.width,
      left.y + half,
      right.x,
      right.y + half
    ];
    const middle = (x1 + x2) / 2;
    return `M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}`;
  }
  function box({ name, x, y, width }, table) {
    const [application, ...rest] = name.split("_");
    const title = rest.length === 0 ? name : rest.join("_");
    const rows = table?.rows ?? 0;
    const link = shape("a", {
      href: `#table-${name}`,
      "aria-label": `${name}, ${rows} rows: ${table?.meaning ?? ""}`,
      class: name === BATCH_TABLE ? "box middle" : "box"
    });
    link.append(shape("rect", {
      x: x + 0.5,
      y: y + 0.5,
      width,
      height: BOX,
      rx: 5
    }), shape("text", {
      x: x + 8,
      y: y + 14
    }, title), shape("text", {
      x: x + 8,
      y: y + 26,
      class: "faint"
    }, `${application}, ${shortText(rows)} rows`));
    return link;
  }
  function drawRelations(tables, width) {
    const columns = (batchRelations(tables).deepest + 2) * (BOX_WIDTH + GAP) - GAP + 2 <= width;
    const placed = columns ? inColumns(tables, width) : inOutline(tables, width);
    const byName = new Map(placed.map((one) => [
      one.name,
      one
    ]));
    const described = new Map(tables.map((table) => [
      table.name,
      table
    ]));
    const height = Math.max(...placed.map(({ y }) => y)) + BOX + 2;
    const svg = shape("svg", {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height
    });
    svg.append(...placed.filter(({ name }) => name !== BATCH_TABLE).map((one) => tie(byName.get(one.parent), one, columns)), ...placed.map((one) => box(one, described.get(one.name))));
    return svg;
  }
  function relationsFigure(tables) {
    return figure({
      title: "The tables around a batch",
      description: "Those that a batch refers to come first, then the batch and all that refers to it, be it over other tables: each stands behind the table it refers to that is farthest from the batch. Each leads to its columns.",
      links: true,
      draw: (width) => drawRelations(tables, width),
      table: () => ({
        caption: "Tables around a batch",
        head: [
          "Table",
          "Tied to"
        ],
        rows: flattened(tables).map(({ name, parent }) => [
          element("a", {
            href: `#table-${name}`
          }, name),
          parent
        ])
      })
    });
  }
  function flattened(tables) {
    const { referred, batch } = batchRelations(tables);
    const all = [
      ...referred
    ];
    const add = (one) => {
      if (one.name !== BATCH_TABLE) all.push(one);
      one.children.forEach(add);
    };
    add(batch);
    return all;
  }

  // src/page/dictionary/dictionary.ts
  var GROUPS = [
    [
      "operational",
      "What a farm writes from day to day"
    ],
    [
      "infrastructure",
      "Places"
    ],
    [
      "master",
      "Master data"
    ],
    [
      "auth",
      "Users"
    ],
    [
      "history",
      "Histories"
    ],
    [
      "django",
      "Django's own"
    ]
  ];
  function tableAnchor(name) {
    return `table-${name}`;
  }
  function keyText({ key, optional }) {
    const words = [
      ...key === "primary" ? [
        "primary key"
      ] : key === "unique" ? [
        "part of a key"
      ] : [],
      ...optional ? [
        "may be empty"
      ] : []
    ];
    return words.join(", ");
  }
  function columnsTable({ name, columns }) {
    return tableElement({
      caption: `Columns of ${name}`,
      head: [
        "Column",
        "Type",
        "Meaning and unit",
        "Key",
        "Refers to"
      ],
      rows: columns.map((column) => [
        element("code", {}, column.name),
        column.type,
        said(column.meaning),
        keyText(column),
        column.of === void 0 ? "" : element("a", {
          href: `#${tableAnchor(column.of)}`
        }, column.of)
      ])
    });
  }
  function rowsText({ rows, bytes }) {
    if (rows === null) return "not in this dataset";
    return rows === 0 ? "no rows" : `${countText(rows, "row")}, ${bytesText(bytes)}`;
  }
  function tablePart(table, referring) {
    const { name, meaning, historyOf } = table;
    const part = element("details", {
      id: tableAnchor(name),
      class: "entry"
    }, element("summary", {}, element("code", {}, name), " ", element("small", {}, `${rowsText(table)}. `, said(`${meaning}.`))));
    part.addEventListener("toggle", () => {
      if (!part.open || part.childElementCount > 1) return;
      const links = (names) => names.flatMap((one, place) => [
        place === 0 ? "" : ", ",
        element("a", {
          href: `#${tableAnchor(one)}`
        }, one)
      ]);
      part.append(...historyOf === void 0 ? [] : [
        element("p", {}, "Keeps the saves of ", ...links([
          historyOf
        ]), ".")
      ], ...referring.length === 0 ? [] : [
        element("p", {}, "Referred to by ", ...links(referring), ".")
      ], columnsTable(table));
    });
    return part;
  }
  function referringTo(tables) {
    const pairs = tables.filter(({ historyOf }) => historyOf === void 0).flatMap(({ name, columns }) => [
      ...new Set(columns.flatMap(({ of: of2 }) => of2 ?? []))
    ].map((of2) => ({
      of: of2,
      name
    })));
    return new Map(Array.from(Map.groupBy(pairs, ({ of: of2 }) => of2), ([of2, own]) => [
      of2,
      own.map(({ name }) => name)
    ]));
  }
  function openNamed(parts) {
    const part = parts.get(location.hash.slice(1));
    if (part === void 0) return;
    for (let one = part; one !== null; one = one.parentElement) {
      if (!(one instanceof HTMLDetailsElement)) continue;
      one.hidden = false;
      one.open = true;
    }
    part.scrollIntoView();
    part.querySelector("summary").focus({
      preventScroll: true
    });
  }
  function searchField(tables, parts, groups2) {
    const texts = new Map(tables.map((table) => [
      table.name,
      [
        table.name,
        table.meaning,
        ...table.columns.flatMap(({ name, meaning }) => [
          name,
          meaning
        ])
      ].join("\n").toLowerCase()
    ]));
    const input = element("input", {
      type: "search",
      size: 28
    });
    const found = element("output", {
      "aria-live": "polite"
    });
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
      const shown2 = tables.filter(({ name }) => words.every((word) => texts.get(name).includes(word)));
      for (const { name } of tables) parts.get(tableAnchor(name)).hidden = true;
      for (const { name } of shown2) parts.get(tableAnchor(name)).hidden = false;
      for (const [name, group] of groups2) {
        group.hidden = !shown2.some((one) => one.group === name);
        if (words.length > 0) group.open = !group.hidden;
      }
      found.textContent = words.length === 0 ? "" : ` ${countText(shown2.length, "table")}`;
    });
    return element("p", {
      class: "choice"
    }, element("label", {}, "Find a table or column ", input), found);
  }
  var dictionarySection = {
    id: "dictionary",
    title: "Data dictionary",
    about: "Every table and column: type, meaning, unit, keys, and the tables that they refer to.",
    draw({ tables }, root) {
      const referring = referringTo(tables);
      const parts = new Map(tables.map((table) => [
        tableAnchor(table.name),
        tablePart(table, referring.get(table.name) ?? [])
      ]));
      const groups2 = new Map(GROUPS.flatMap(([group, name], place) => {
        const own = tables.filter((one) => one.group === group);
        if (own.length === 0) return [];
        const sorted = own.toSorted((a, b) => Number(!a.rows) - Number(!b.rows));
        const part = element("details", {
          class: "group",
          ...place === 0 ? {
            open: ""
          } : {}
        }, element("summary", {}, element("strong", {}, `${name} (${countText(own.length, "table")})`)), ...sorted.map((one) => parts.get(tableAnchor(one.name))));
        return [
          [
            group,
            part
          ]
        ];
      }));
      root.append(relationsFigure(tables), searchField(tables, parts, groups2), ...groups2.values());
      addEventListener("hashchange", () => openNamed(parts));
      openNamed(parts);
    }
  };

  // src/report/data/stock.ts
  var STOCK_STEP = 7;
  var CONTAINER_GEOGRAPHIES = `SELECT c.id AS container_id, g.id AS geography_id, g.name
  FROM infrastructure_container c
  LEFT JOIN infrastructure_hall h ON h.id = c.hall_id
  LEFT JOIN infrastructure_freshwaterstation s ON s.id = h.freshwater_station_id
  LEFT JOIN infrastructure_area r ON r.id = c.area_id
  JOIN infrastructure_geography g ON g.id = coalesce(s.geography_id, r.geography_id)`;
  var GEOGRAPHY_COLUMNS = {
    infrastructure_container: [
      "id",
      "hall_id",
      "area_id"
    ],
    infrastructure_hall: [
      "id",
      "freshwater_station_id"
    ],
    infrastructure_freshwaterstation: [
      "id",
      "geography_id"
    ],
    infrastructure_area: [
      "id",
      "geography_id"
    ],
    infrastructure_geography: [
      "id",
      "name"
    ]
  };
  var DAY = 864e5;
  var stockFigures = {
    id: "stock",
    reads: {
      batch_actualdailyassignmentstate: [
        "date",
        "population",
        "biomass_kg",
        "container_id",
        "lifecycle_stage_id"
      ],
      batch_lifecyclestage: [
        "id",
        "name",
        "order"
      ],
      ...GEOGRAPHY_COLUMNS
    },
    async figures({ manifest, rows }) {
      const last = Date.parse(manifest.asOf) - DAY;
      const found = await rows(`SELECT
        (DATE '${manifest.asOf}' - 1 - d.date) // ${STOCK_STEP} AS back,
        p.name AS geography, s.name AS stage,
        sum(d.population) AS fish, sum(d.biomass_kg) AS biomass
      FROM batch_actualdailyassignmentstate d
      JOIN (${CONTAINER_GEOGRAPHIES}) p ON p.container_id = d.container_id
      JOIN batch_lifecyclestage s ON s.id = d.lifecycle_stage_id
      WHERE (DATE '${manifest.asOf}' - 1 - d.date) % ${STOCK_STEP} = 0
      GROUP BY 1, p.geography_id, p.name, s.id, s.name, s."order"
      ORDER BY p.geography_id, s."order", 1 DESC`);
      const geographies = [
        ...new Set(found.map(({ geography }) => geography))
      ];
      const stages = (await rows(`SELECT name FROM batch_lifecyclestage ORDER BY "order"`)).map(({ name }) => name);
      const days = Math.floor((last - Date.parse(manifest.firstDay)) / DAY / STOCK_STEP) + 1;
      const series = geographies.flatMap((name, geography) => stages.flatMap((stageName, stage) => {
        const own = found.filter((row) => row.geography === name && row.stage === stageName);
        if (own.length === 0) return [];
        const [fish, biomass] = [
          new Array(days).fill(0),
          new Array(days).fill(0)
        ];
        for (const row of own) {
          fish[days - 1 - row.back] = row.fish;
          biomass[days - 1 - row.back] = row.biomass;
        }
        return [
          {
            geography,
            stage,
            fish: deltasOf(fish),
            biomass: deltasOf(biomass)
          }
        ];
      }));
      const first = new Date(last - (days - 1) * STOCK_STEP * DAY).toISOString().slice(0, 10);
      return {
        first,
        days,
        geographies,
        stages,
        series
      };
    }
  };

  // src/report/data/readings.ts
  var YEAR_WEEKS = 52;
  var BANDS = [
    0.05,
    0.25,
    0.5,
    0.75,
    0.95
  ];
  var SHOWN = [
    "Temperature",
    "Dissolved Oxygen",
    "Salinity"
  ];
  var READING_COLUMNS = {
    ...GEOGRAPHY_COLUMNS,
    environmental_environmentalreading: [
      "value",
      "reading_time",
      "container_id",
      "parameter_id"
    ],
    environmental_environmentalparameter: [
      "id",
      "name",
      "unit",
      "optimal_min",
      "optimal_max"
    ]
  };
  var NAMES = SHOWN.map((name) => `'${name}'`).join(", ");
  var WEEKS = `
  WITH weeks AS (
    SELECT parameter_id, place, week, count(*) AS readings,
      quantile_cont(value, [${BANDS.join(", ")}]) AS bands
    FROM (
      SELECT r.parameter_id, p.place, CAST(r.value AS float) AS value,
        least((dayofyear(r.reading_time) - 1) // 7, ${YEAR_WEEKS - 1}) AS week
      FROM environmental_environmentalreading r
      JOIN (
        SELECT g.container_id,
          g.geography_id * 2 + CASE WHEN c.area_id IS NULL THEN 0 ELSE 1 END AS place
        FROM (${CONTAINER_GEOGRAPHIES}) g JOIN infrastructure_container c ON c.id = g.container_id
      ) p ON p.container_id = r.container_id
      WHERE r.parameter_id IN (
        SELECT id FROM environmental_environmentalparameter WHERE name IN (${NAMES})
      )
    ) GROUP BY parameter_id, place, week
  )
  SELECT g.name AS geography, w.place % 2 = 1 AS sea, e.name AS parameter, w.week, w.readings,
    w.bands
  FROM weeks w JOIN infrastructure_geography g ON g.id = w.place // 2
  JOIN environmental_environmentalparameter e ON e.id = w.parameter_id
  ORDER BY e.id, g.id, w.place, w.week`;

  // src/page/bands.ts
  var OPACITY = [
    0.22,
    0.35
  ];
  function bandFigure(banded) {
    const { title, description, label, colour, points, names, say, marks = [] } = banded;
    const known = points.filter(({ middle }) => middle !== null);
    const bandNames = names.slice(1);
    return figure({
      title,
      description,
      legend: [
        {
          name: names[0],
          colour,
          shape: "line"
        },
        ...bandNames.map((name, place) => ({
          name,
          colour: `color-mix(in srgb, ${colour} ${100 * (place === 0 ? OPACITY[0] : OPACITY[0] + OPACITY[1])}%, var(--surface))`
        })),
        ...banded.legend ?? []
      ],
      draw: (width) => drawing({
        width,
        height: 240,
        x: banded.x ?? {},
        y: {
          label,
          grid: true,
          nice: true,
          ...banded.y
        },
        marks: [
          ...bandNames.map((_, place) => Plot.areaY(points, {
            x: "day",
            y1: (point) => point.bands[place][0] ?? NaN,
            y2: (point) => point.bands[place][1] ?? NaN,
            fill: colour,
            fillOpacity: OPACITY[place] ?? 0.3
          })),
          Plot.lineY(points, {
            x: "day",
            y: (point) => point.middle ?? NaN,
            stroke: colour,
            strokeWidth: 2,
            ...known.length < 4 ? {
              marker: "dot"
            } : {}
          }),
          ...marks
        ]
      }),
      steps: (svg) => {
        const x = timeScale(svg);
        return known.map((point) => ({
          text: sayPoint(point, names, say),
          x: x(point.day)
        }));
      },
      table: () => ({
        caption: title,
        head: [
          "Time",
          names[0],
          ...bandNames.flatMap((name) => [
            `${name}: from`,
            "to"
          ])
        ],
        rows: known.map(({ name, middle, bands }) => [
          name,
          say(middle),
          ...bands.flatMap(([low, high]) => [
            said2(low, say),
            said2(high, say)
          ])
        ])
      })
    });
  }
  function said2(value, say) {
    return value === null ? "" : say(value);
  }
  function sayPoint({ name, middle, bands, more }, names, say) {
    const ranges = bands.map(([low, high], place) => `${names[place + 1]} ${said2(low, say)} to ${said2(high, say)}`);
    return `${name}: ${names[0]} ${say(middle)}; ${ranges.join("; ")}${more === void 0 ? "" : `; ${more}`}`;
  }

  // src/page/lying_bars.ts
  function marginFor(bars) {
    return Math.min(136, 24 + 8 * Math.max(...bars.map(({ name }) => name.length)));
  }
  var sum2 = (values) => values.reduce((all, one) => all + one, 0);
  function piecesOf(bars, shares) {
    return bars.flatMap(({ name, values }) => {
      const all = shares ? sum2(values) / 100 : 1;
      let from = 0;
      return values.flatMap((value, part) => {
        if (value <= 0) return [];
        const piece = {
          bar: name,
          part,
          value,
          from,
          to: from + value / all
        };
        from = piece.to;
        return [
          piece
        ];
      });
    });
  }
  function lyingBars(options) {
    const { title, description, label, bars, parts, shares = false, say } = options;
    const pieces = piecesOf(bars, shares);
    const totals = new Map(bars.map(({ name, values }) => [
      name,
      sum2(values)
    ]));
    const share = ({ bar, value }) => `${(100 * value / totals.get(bar)).toFixed(1)} %`;
    return figure({
      title,
      description,
      ...parts.length > 1 ? {
        legend: parts
      } : {},
      draw: (width) => drawing({
        width,
        height: 68 + 34 * bars.length,
        marginLeft: marginFor(bars),
        marginRight: 24,
        marginBottom: 44,
        x: {
          label,
          labelOffset: 36,
          grid: true,
          ...shares ? {
            domain: [
              0,
              100
            ]
          } : {
            tickFormat: "s",
            nice: true
          }
        },
        y: {
          label: null,
          domain: bars.map(({ name }) => name),
          padding: 0.25
        },
        marks: [
          Plot.axisY({
            label: null,
            tickSize: 0,
            lineWidth: 9.5,
            tickFormat: (name) => shortName(name, 36)
          }),
          Plot.barX(pieces, {
            x1: "from",
            x2: "to",
            y: "bar",
            fill: ({ part }) => parts[part].colour,
            stroke: "var(--surface)",
            strokeWidth: 0.8,
            sort: null
          }),
          Plot.ruleX([
            0
          ])
        ]
      }),
      steps: (svg) => {
        const drawn = marksIn(svg, "bar");
        return pieces.map((piece, place) => ({
          text: `${piece.bar}${parts.length > 1 ? `, ${parts[piece.part].name}` : ""}: ${say(piece.value)}, ${share(piece)}`,
          marks: [
            drawn[place]
          ]
        }));
      },
      table: () => ({
        caption: title,
        head: [
          "",
          ...parts.map(({ name }) => name),
          ...parts.length > 1 ? [
            "All"
          ] : []
        ],
        rows: bars.map(({ name, values }) => [
          name,
          ...values.map(say),
          ...parts.length > 1 ? [
            say(totals.get(name))
          ] : []
        ])
      })
    });
  }

  // src/page/environment/health.ts
  var SCORE_COLOURS = [
    2,
    0,
    4,
    1,
    3,
    5
  ].map(seriesColour);
  function scoresFigure({ scores }) {
    const title = "Health scores of sampled fish";
    if (scores.parameters.length === 0) {
      return emptyFigure({
        title,
        why: "No fish was sampled: health samplings begin with Post-Smolt, after 360 days."
      });
    }
    return lyingBars({
      title,
      description: `${countText(scores.samplings, "sampling")} of ${countText(scores.fish, "fish", "fish")}, each scored in all that is named here; 0 is best.`,
      label: "% of the fish",
      shares: true,
      parts: scores.labels.map((name, place) => ({
        name,
        colour: SCORE_COLOURS[place % SCORE_COLOURS.length]
      })),
      bars: scores.parameters.map(({ name, fish }) => ({
        name,
        values: fish
      })),
      say: (n) => countText(n, "fish", "fish")
    });
  }
  function deathsFigure({ deaths, stages }) {
    const title = "Deaths by recorded cause and stage";
    if (deaths.length === 0) return emptyFigure({
      title,
      why: "No fish has died yet."
    });
    return lyingBars({
      title,
      description: deaths.length === 1 ? "One cause is recorded for all deaths." : "The most frequent cause first.",
      label: "Fish",
      parts: stages.map((name, place) => ({
        name,
        colour: stageColour(place)
      })),
      bars: deaths.map(({ cause, fish }) => ({
        name: cause,
        values: fish
      })),
      say: (n) => countText(n, "fish", "fish")
    });
  }

  // src/page/pick.ts
  function pick({ name, groups: groups2, first, onPick }) {
    const list = element("select", {}, ...groups2.map((group) => element("optgroup", {
      label: isolated(group.name)
    }, ...group.options.map((option) => element("option", {
      value: option.place,
      ...option.place === first ? {
        selected: ""
      } : {}
    }, option.name)))));
    list.addEventListener("change", () => onPick(Number(list.value)));
    return element("p", {
      class: "choice"
    }, element("label", {}, `${name} `, list));
  }

  // src/page/environment/lice.ts
  function weeksOf2(site, monday) {
    const weeks = numbersOf(site.weeks);
    const [mean, low, high, all] = [
      site.mean,
      site.low,
      site.high,
      site.all
    ].map((series) => numbersOf(series, 0.01));
    const rings = numbersOf(site.rings);
    const treated = new Map(site.treated);
    const placeOf = new Map(weeks.map((week, place) => [
      week,
      place
    ]));
    const [first, last] = [
      weeks[0],
      weeks.at(-1)
    ];
    return Array.from({
      length: last - first + 1
    }, (_, n) => {
      const week = first + n;
      const day = dayAfter(monday, 7 * week);
      const place = placeOf.get(week);
      const name = `Week of ${isoDay(day)}`;
      if (place === void 0) return {
        day,
        name,
        middle: null,
        bands: [
          [
            null,
            null
          ]
        ]
      };
      const rest = `${countText(rings[place], "ring")} counted, ${decimalText(all[place], 2)} lice of all kinds a fish`;
      const baths = treated.has(week) ? `; ${countText(treated.get(week), "ring")} treated that week` : "";
      return {
        day,
        name,
        middle: mean[place],
        bands: [
          [
            low[place],
            high[place]
          ]
        ],
        more: rest + baths
      };
    });
  }
  function limitPoints(limit, points) {
    return points.map(({ day }) => ({
      day,
      limit: limit.months[day.getUTCMonth()]
    }));
  }
  function siteFigure(site, { geographies, limits, monday }) {
    const geography = geographies[site.geography] ?? "elsewhere";
    const limit = limits[site.geography] ?? void 0;
    const points = weeksOf2(site, monday);
    const counted = points.filter(({ middle }) => middle !== null);
    const over = limit === void 0 ? 0 : counted.filter(({ day, middle }) => middle > limit.months[day.getUTCMonth()]).length;
    const baths = site.treated.map(([week, rings]) => ({
      day: dayAfter(monday, 7 * week),
      rings
    }));
    const where = site.area === null ? `all sea areas of ${geography}` : `${site.area}, ${geography}`;
    return bandFigure({
      title: `Adult female lice per fish, ${where}`,
      description: limit === void 0 ? `No limit of ${geography} is known.` : `${limit.says}. The mean is above that in ${over} of ${countText(counted.length, "week")} with counts.`,
      label: "Adult females per fish",
      colour: seriesColour(site.geography),
      points,
      names: [
        "mean of the rings",
        "80 % of the rings"
      ],
      say: (value) => decimalText(value, 2),
      x: TIME,
      y: {
        zero: true
      },
      marks: [
        Plot.ruleY([
          0
        ]),
        ...limit === void 0 ? [] : [
          Plot.lineY(limitPoints(limit, points), {
            x: "day",
            y: "limit",
            stroke: "var(--text)",
            strokeDasharray: "5 3",
            curve: "step-after"
          })
        ],
        Plot.dot(baths, {
          x: "day",
          y: 0,
          symbol: "triangle",
          r: 5,
          fill: seriesColour(4),
          stroke: "var(--surface)",
          sort: null
        })
      ],
      legend: [
        ...limit === void 0 ? [] : [
          {
            name: "limit",
            colour: "var(--text)",
            shape: "dashed"
          }
        ],
        ...baths.length === 0 ? [] : [
          {
            name: "rings treated",
            colour: seriesColour(4),
            shape: "triangle"
          }
        ]
      ]
    });
  }
  function liceFigures(data) {
    const { lice, geographies } = data;
    if (lice.length === 0) {
      return [
        emptyFigure({
          title: "Lice per fish",
          why: "No lice were counted: they are from the first week at sea on, and no fish is there yet."
        })
      ];
    }
    const shown2 = element("div", {});
    const show = (place) => shown2.replaceChildren(siteFigure(lice[place], data));
    show(0);
    const groups2 = geographies.map((name, geography) => ({
      name,
      options: lice.flatMap((site, place) => site.geography === geography ? [
        {
          name: site.area ?? `All of ${name}`,
          place
        }
      ] : [])
    }));
    return [
      pick({
        name: "Sea area",
        groups: groups2,
        first: 0,
        onPick: show
      }),
      shown2
    ];
  }

  // src/page/environment/environment.ts
  var YEAR = "2001-01-01";
  var MONTH = new Intl.DateTimeFormat("en", {
    month: "short",
    timeZone: "UTC"
  });
  var DAY2 = new Intl.DateTimeFormat("en", {
    day: "numeric",
    month: "long",
    timeZone: "UTC"
  });
  function pointsOf({ bands }) {
    const values = bands.map((band) => numbersOf(band, 0.01));
    const middle = (BANDS.length - 1) / 2;
    return Array.from({
      length: YEAR_WEEKS
    }, (_, week) => {
      const day = dayAfter(YEAR, 7 * week);
      return {
        day,
        name: `Week of ${DAY2.format(day)}`,
        middle: values[middle][week],
        bands: Array.from({
          length: middle
        }, (_2, band) => [
          values[band][week],
          values[BANDS.length - 1 - band][week]
        ])
      };
    });
  }
  function rangeOf(series, { least, most }) {
    const values = series.flatMap(({ bands }) => bands.flatMap((band) => numbersOf(band, 0.01))).filter((value) => value !== null);
    const bounds = [
      least,
      most
    ].filter((value) => value !== null);
    return [
      Math.min(...values, ...bounds),
      Math.max(...values, ...bounds)
    ];
  }
  function waterFigure(parameter, one, domain, geography) {
    const { name, unit, least, most } = parameter;
    const safe = [
      least,
      most
    ].filter((value) => value !== null);
    return bandFigure({
      title: `${name}, ${geography}, ${one.sea ? "sea" : "fresh water"}`,
      description: `${countText(one.readings, "reading")} of all years, by week of the year${safe.length === 0 ? "" : `; it should be ${rangeText(parameter)}`}.`,
      label: `${name} (${unit})`,
      colour: seriesColour(one.geography),
      points: pointsOf(one),
      names: [
        "median",
        "90 % of readings",
        "middle half"
      ],
      say: (value) => `${decimalText(value, 1)} ${unit}`,
      x: {
        type: "utc",
        label: null,
        domain: [
          dayAfter(YEAR, 0),
          dayAfter(YEAR, 364)
        ],
        ticks: Array.from({
          length: 12
        }, (_, month) => new Date(Date.UTC(2001, month, 1))),
        tickFormat: (day) => MONTH.format(day).slice(0, 1)
      },
      y: {
        domain: [
          ...domain
        ]
      },
      marks: safe.length === 0 ? [] : [
        Plot.ruleY(safe, {
          stroke: "var(--faint)",
          strokeDasharray: "5 3"
        })
      ],
      legend: safe.length === 0 ? [] : [
        {
          name: "ends of the safe range",
          colour: "var(--faint)",
          shape: "dashed"
        }
      ]
    });
  }
  function rangeText({ least, most, unit }) {
    if (least === null) return `${most} ${unit} at most`;
    return most === null ? `${least} ${unit} at least` : `${least} to ${most} ${unit}`;
  }
  function waterFigures({ water, geographies }, sea) {
    const own = water.series.filter((one) => one.sea === sea);
    return water.parameters.flatMap((parameter, place) => {
      const series = own.filter((one) => one.parameter === place);
      if (series.length === 0) {
        return emptyFigure({
          title: `${parameter.name}, ${sea ? "sea" : "fresh water"}`,
          why: `No sensor ${sea ? "at sea" : "in fresh water"} measures it.`
        });
      }
      const domain = rangeOf(series, parameter);
      return series.toSorted((a, b) => a.geography - b.geography).map((one) => waterFigure(parameter, one, domain, geographies[one.geography] ?? "elsewhere"));
    });
  }
  function drawWater(data, root) {
    const { series } = data.water;
    if (series.length === 0) {
      root.append(emptyFigure({
        title: "Water over the year",
        why: "There are no readings."
      }));
      return;
    }
    const waters = [
      true,
      false
    ].filter((sea) => series.some((one) => one.sea === sea));
    const figures = element("div", {
      class: "pair"
    });
    const show = (place) => figures.replaceChildren(...waterFigures(data, waters[place]));
    if (waters.length > 1) {
      root.append(choice({
        name: "Water",
        options: [
          "Sea",
          "Fresh water"
        ],
        onChoose: show
      }));
    }
    show(0);
    root.append(figures);
    if (!waters.includes(true)) {
      root.append(emptyFigure({
        title: "The sea",
        why: "No fish are at sea yet."
      }));
    }
  }
  function apart(data) {
    const { water, scores } = data;
    const named = (one) => ({
      ...one,
      name: isolated(one.name)
    });
    return {
      ...data,
      geographies: data.geographies.map(isolated),
      stages: data.stages.map(isolated),
      water: {
        ...water,
        parameters: water.parameters.map((one) => ({
          ...named(one),
          unit: isolated(one.unit)
        }))
      },
      lice: data.lice.map((site) => ({
        ...site,
        area: site.area && isolated(site.area)
      })),
      scores: {
        ...scores,
        labels: scores.labels.map(isolated),
        parameters: scores.parameters.map(named)
      },
      deaths: data.deaths.map((one) => ({
        ...one,
        cause: isolated(one.cause)
      }))
    };
  }
  var environmentSection = {
    id: "environment",
    title: "Environment and health",
    about: "The water that fish live in, the lice on them, how they are and of what they die.",
    draw(figures, root) {
      const data = apart(figures);
      drawWater(data, root);
      root.append(...liceFigures(data), element("div", {
        class: "pair"
      }, scoresFigure(data), deathsFigure(data)));
    }
  };

  // src/report/data/feed_stores.ts
  var STORE_DAYS = 90;
  var CHANGES = `
  WITH changes AS (
    SELECT feed_container_id AS store, history_date AS instant, history_id AS n,
      quantity_kg - lag(quantity_kg, 1, 0) OVER (PARTITION BY id ORDER BY history_id) AS change
    FROM inventory_historicalfeedcontainerstock
  ), running AS (
    SELECT store, instant, n, sum(change) OVER (PARTITION BY store ORDER BY n) AS stock
    FROM changes
  ), moments AS (
    SELECT store, instant, min(stock) AS low, arg_max(stock, n) AS stock
    FROM running GROUP BY store, instant
    QUALIFY count(*) OVER (PARTITION BY store) > 1
      AND instant >= max(instant) OVER (PARTITION BY store) - INTERVAL ${STORE_DAYS} DAY
  )
  SELECT f.id, f.name, f.container_type AS kind, f.capacity_kg AS "capacityKg", g.name AS geography,
    list(CAST(epoch(m.instant) AS bigint) // 3600 ORDER BY m.instant) AS hours,
    list(CAST(round(m.low) AS bigint) ORDER BY m.instant) AS low,
    list(CAST(round(m.stock) AS bigint) ORDER BY m.instant) AS stock
  FROM moments m JOIN infrastructure_feedcontainer f ON f.id = m.store
  LEFT JOIN infrastructure_hall h ON h.id = f.hall_id
  LEFT JOIN infrastructure_freshwaterstation s ON s.id = h.freshwater_station_id
  LEFT JOIN infrastructure_area r ON r.id = f.area_id
  JOIN infrastructure_geography g ON g.id = coalesce(s.geography_id, r.geography_id)
  GROUP BY f.id, f.name, f.container_type, f.capacity_kg, g.name
  ORDER BY f.id`;
  var DELIVERIES = `
  SELECT s.feed_container_id AS store, count(*) AS purchases, sum(p.quantity_kg) AS kg,
    CAST(sum(CAST(p.quantity_kg AS double) * CAST(p.cost_per_kg AS double)) AS double) AS cost,
    list({hour: CAST(epoch(s.created_at) AS bigint) // 3600, kg: p.quantity_kg,
      price: p.cost_per_kg, supplier: p.supplier} ORDER BY s.created_at, s.id)
      FILTER (s.created_at >= l.instant - INTERVAL ${STORE_DAYS} DAY) AS shown
  FROM inventory_feedcontainerstock s
  JOIN inventory_feedpurchase p ON p.id = s.feed_purchase_id
  JOIN (
    SELECT feed_container_id AS store, max(history_date) AS instant
    FROM inventory_historicalfeedcontainerstock GROUP BY feed_container_id
  ) l ON l.store = s.feed_container_id
  GROUP BY s.feed_container_id`;

  // src/page/feed/feed_stores.ts
  var [NARROW, NARROW_DAYS] = [
    600,
    30
  ];
  var HOUR = 36e5;
  var instantOf = (hours) => new Date((hours ?? 0) * HOUR);
  function instantText(instant) {
    return instant.toISOString().slice(0, 16).replace("T", " ");
  }
  function deliveriesOf({ deliveries }, suppliers) {
    const [low, kg] = [
      numbersOf(deliveries.low),
      numbersOf(deliveries.kg)
    ];
    const price = numbersOf(deliveries.price, 0.01);
    return numbersOf(deliveries.hours).map((hours, place) => ({
      instant: instantOf(hours),
      low: low[place],
      kg: kg[place],
      price: price[place],
      supplier: suppliers[deliveries.suppliers[place]] ?? ""
    }));
  }
  function toothOf(points, deliveries) {
    const lows = new Map(deliveries.map(({ instant, low }) => [
      instant.getTime(),
      low
    ]));
    return points.flatMap((point) => {
      const low = lows.get(point.instant.getTime());
      return low === void 0 || low === null || low >= point.kg ? [
        point
      ] : [
        {
          instant: point.instant,
          kg: low
        },
        point
      ];
    });
  }
  function storeFigure(store, suppliers) {
    const stock = numbersOf(store.stock);
    const points = numbersOf(store.hours).map((hours, place) => ({
      instant: instantOf(hours),
      kg: stock[place]
    }));
    const deliveries = deliveriesOf(store, suppliers);
    const arrived = Map.groupBy(deliveries, ({ instant }) => instant.getTime());
    const tooth = toothOf(points, deliveries);
    const say = ({ instant, kg }) => {
      const came = arrived.get(instant.getTime()) ?? [];
      const lots = came.map((one) => `${wholeText(one.kg)} kg came from ${one.supplier} at ${decimalText(one.price, 2)} per kg`);
      return [
        `${instantText(instant)}: ${wholeText(kg)} kg`,
        ...lots
      ].join("; ");
    };
    const { boughtKg, cost, purchases, capacityKg } = store;
    const title = `Stock of ${store.name}`;
    return figure({
      title,
      description: `The last ${STORE_DAYS} days on which it was used, meal by meal. In all ${countText(purchases, "delivery", "deliveries")} of ${weightText(boughtKg)} for ${decimalText(cost, 2)}, ${decimalText(cost / Math.max(boughtKg, 0.01), 2)} per kg; room for ${weightText(capacityKg)}.`,
      legend: [
        {
          name: "stock",
          colour: seriesColour(0),
          shape: "line"
        },
        {
          name: "delivery",
          colour: seriesColour(4),
          shape: "dot"
        },
        {
          name: "capacity",
          colour: "var(--faint)",
          shape: "dashed"
        }
      ],
      draw: (width) => {
        const since = width < NARROW ? lastDays(points, NARROW_DAYS) : points[0].instant;
        const isShown = ({ instant }) => instant >= since;
        return drawing({
          width,
          height: 260,
          x: {
            ...TIME,
            ...since > points[0].instant ? {
              label: `the last ${NARROW_DAYS} of these days`,
              labelOffset: 36
            } : {}
          },
          marginBottom: 44,
          y: {
            label: "Feed in store (t)",
            grid: true,
            nice: true,
            transform: (kg) => kg / 1e3,
            domain: [
              0,
              Math.max(capacityKg, ...stock.map((kg) => kg ?? 0)) / 1e3
            ]
          },
          marks: [
            Plot.areaY(tooth.filter(isShown), {
              x: "instant",
              y1: () => 0,
              y2: "kg",
              fill: seriesColour(0),
              fillOpacity: 0.18,
              curve: "step-after"
            }),
            Plot.lineY(tooth.filter(isShown), {
              x: "instant",
              y: "kg",
              stroke: seriesColour(0),
              strokeWidth: 1.4,
              curve: "step-after"
            }),
            Plot.ruleY([
              capacityKg
            ], {
              stroke: "var(--faint)",
              strokeDasharray: "5 3"
            }),
            Plot.ruleY([
              0
            ]),
            Plot.dot(deliveries.filter(isShown), {
              x: "instant",
              y: (one) => stockAt(points, one.instant),
              r: deliveries.length > 60 ? 2.5 : 4,
              fill: seriesColour(4),
              sort: null
            })
          ]
        });
      },
      steps: (svg) => {
        const x = timeScale(svg);
        const narrow = svg.viewBox.baseVal.width < NARROW;
        const since = narrow ? lastDays(points, NARROW_DAYS) : points[0].instant;
        return points.filter(({ instant }) => instant >= since).map((point) => ({
          text: say(point),
          x: x(point.instant)
        }));
      },
      table: () => ({
        caption: `Deliveries to ${store.name}`,
        head: [
          "When (UTC)",
          "Supplier",
          "Feed (kg)",
          "Price per kg"
        ],
        rows: deliveries.map(({ instant, supplier, kg, price }) => [
          instantText(instant),
          element("bdi", {}, supplier),
          decimalText(kg, 0),
          decimalText(price, 2)
        ])
      })
    });
  }
  function lastDays(points, days) {
    const last = points.at(-1).instant.getTime();
    return points.find(({ instant }) => instant.getTime() >= last - days * 24 * HOUR).instant;
  }
  function stockAt(points, instant) {
    return points.find((point) => point.instant.getTime() === instant.getTime())?.kg ?? 0;
  }
  function storeFigures({ stores, suppliers, geographies, idle }) {
    if (stores.length === 0) {
      return [
        emptyFigure({
          title: "Stock of a silo or barge",
          why: "No fish has eaten of any silo or barge yet: feeding begins after 90 days, with Fry."
        })
      ];
    }
    const groups2 = Map.groupBy(stores.map((store, place) => ({
      store,
      name: store.name,
      place
    })), ({ store }) => `${store.kind === "BARGE" ? "Barges" : "Silos"}, ${geographies[store.geography] ?? "elsewhere"}`);
    const weight = ({ kind, purchases }) => purchases + (kind === "BARGE" ? 1e6 : 0);
    const most = Math.max(...stores.map(weight));
    const first = stores.findIndex((store) => weight(store) === most);
    const shown2 = element("div", {});
    const show = (place) => shown2.replaceChildren(storeFigure(stores[place], suppliers));
    show(first);
    return [
      pick({
        name: "Silo or barge",
        groups: Array.from(groups2, ([name, options]) => ({
          name,
          options
        })),
        first,
        onPick: show
      }),
      element("small", {}, `${countText(stores.length, "store")} fed fish, ${wholeText(idle)} never did.`),
      shown2
    ];
  }

  // src/page/feed/feed.ts
  function aroundStarts(batches) {
    const starts = batches.map(({ start }) => start).sort();
    return [
      dayAfter(starts[0], -150),
      dayAfter(starts.at(-1), 150)
    ];
  }
  function costFigure({ batches, geographies }) {
    const title = "Feed cost per kilogram of fish, batch by batch";
    const fed = batches.filter(({ feedKg, fishKg }) => feedKg > 0 && fishKg > 0).map((batch) => ({
      ...batch,
      perKg: batch.cost / batch.fishKg
    }));
    if (fed.length === 0) {
      return emptyFigure({
        title,
        why: "No batch has been fed yet: eggs and alevins eat nothing."
      });
    }
    const say = ({ number, geography, start, completed, perKg, feedKg, fishKg }) => `${number}, ${geographies[geography] ?? ""}, from ${start}, ${completed ? "harvested" : "alive"}: ${decimalText(perKg, 2)} per kg; ${weightText(feedKg)} of feed for ${weightText(fishKg)} of fish`;
    return figure({
      title,
      description: "All feed that a batch has eaten at the price of its lots, over the fish that were harvested or live on the last day. Prices of feed have no currency in AquaMind.",
      legend: [
        ...geographies.map((name, place) => ({
          name,
          colour: seriesColour(place),
          shape: "dot"
        })),
        {
          name: "not harvested yet",
          colour: "var(--faint)",
          shape: "ring"
        }
      ],
      draw: (width) => drawing({
        width,
        height: 260,
        x: {
          ...TIME,
          domain: aroundStarts(fed)
        },
        y: {
          label: "Feed cost per kg of fish, by start of the batch",
          grid: true,
          nice: true,
          zero: true
        },
        marks: [
          Plot.ruleY([
            0
          ]),
          Plot.dot(fed, {
            x: (one) => dateOfDay(one.start),
            y: "perKg",
            r: 4.5,
            stroke: (one) => seriesColour(one.geography),
            fill: (one) => one.completed ? seriesColour(one.geography) : "var(--surface)",
            strokeWidth: 1.8,
            sort: null
          })
        ]
      }),
      steps: (svg) => {
        const dots = marksIn(svg, "dot");
        return fed.map((one, place) => ({
          text: say(one),
          marks: [
            dots[place]
          ]
        }));
      },
      table: () => ({
        caption: title,
        head: [
          "Batch",
          "Start",
          "State",
          "Feed (kg)",
          "Feed cost",
          "Fish (kg)",
          "Cost per kg"
        ],
        rows: fed.map(({ number, start, completed, feedKg, cost, fishKg, perKg }) => [
          element("bdi", {}, number),
          start,
          completed ? "harvested" : "alive",
          decimalText(feedKg, 0),
          decimalText(cost, 2),
          decimalText(fishKg, 0),
          decimalText(perKg, 2)
        ])
      })
    });
  }
  function saySpan({ fcr, batches }) {
    const [least, lower, middle, upper, most] = fcr.map((value) => decimalText(value, 2));
    return batches === 1 ? `${middle}, one batch` : `median ${middle} of ${batches} batches, half of them ${lower} to ${upper}, all ${least} to ${most}`;
  }
  function conversionFigure({ stages }) {
    const title = "Feed conversion (FCR) by stage";
    const shown2 = stages.map((stage, place) => ({
      ...stage,
      place
    })).filter(({ fcr, model: model2 }) => fcr.length > 0 || (model2 ?? 0) > 0);
    const fed = shown2.filter(({ fcr }) => fcr.length > 0);
    if (fed.length === 0) {
      return emptyFigure({
        title,
        why: "No batch has a whole week of feed and growth yet, from Monday to Sunday."
      });
    }
    const y = ({ name }) => name;
    const model = shown2.filter(({ model: model2 }) => (model2 ?? 0) > 0);
    const sayModel = ({ model: model2 }) => model2 === null || model2 === 0 ? "" : `; the model of scenarios has ${decimalText(model2, 2)}`;
    return figure({
      title,
      description: "Feed over gain in the whole weeks of a stage, a value for each batch: the least to the greatest, the middle half, the median, and what scenarios reckon with.",
      legend: [
        {
          name: "median of the batches",
          colour: "var(--text)",
          shape: "dot"
        },
        {
          name: "middle half",
          colour: "var(--faint)",
          shape: "area"
        },
        {
          name: "least to greatest",
          colour: "var(--faint)",
          shape: "line"
        },
        {
          name: "FCR model of scenarios",
          colour: "var(--accent)",
          shape: "diamond"
        }
      ],
      draw: (width) => drawing({
        width,
        height: 60 + 36 * shown2.length,
        marginLeft: 96,
        marginBottom: 44,
        x: {
          label: "kg of feed per kg of growth",
          labelOffset: 36,
          grid: true,
          nice: true,
          zero: true
        },
        y: {
          label: null,
          domain: shown2.map(y),
          type: "point",
          padding: 0.6
        },
        marks: [
          Plot.axisY({
            label: null,
            tickSize: 0,
            tickFormat: (name) => shortName(name, 14)
          }),
          Plot.ruleX([
            0
          ]),
          Plot.ruleY(fed, {
            x1: (one) => one.fcr[0],
            x2: (one) => one.fcr[4],
            y,
            stroke: (one) => stageColour(one.place),
            strokeWidth: 2
          }),
          Plot.ruleY(fed, {
            x1: (one) => one.fcr[1],
            x2: (one) => one.fcr[3],
            y,
            stroke: (one) => stageColour(one.place),
            strokeWidth: 12,
            strokeOpacity: 0.55
          }),
          Plot.dot(fed, {
            x: (one) => one.fcr[2],
            y,
            r: 5,
            fill: (one) => stageColour(one.place),
            stroke: "var(--text)",
            sort: null
          }),
          Plot.dot(model, {
            x: "model",
            y,
            r: 5,
            symbol: "diamond",
            stroke: "var(--accent)",
            fill: "var(--surface)",
            strokeWidth: 2,
            sort: null
          })
        ]
      }),
      steps: (svg) => {
        const dots = marksIn(svg, "dot");
        return fed.map((stage, place) => ({
          text: `${stage.name}: ${saySpan(stage)}${sayModel(stage)}`,
          marks: [
            dots[place]
          ]
        }));
      },
      table: () => ({
        caption: title,
        head: [
          "Stage",
          "Batches",
          "Least",
          "25 %",
          "Median",
          "75 %",
          "Greatest",
          "Model"
        ],
        rows: shown2.map(({ name, batches, fcr, model: model2 }) => [
          element("bdi", {}, name),
          batches,
          ...Array.from({
            length: 5
          }, (_, n) => fcr[n] === void 0 ? "" : decimalText(fcr[n], 2)),
          model2 === null ? "" : decimalText(model2, 2)
        ])
      })
    });
  }
  function apart2(data) {
    return {
      ...data,
      geographies: data.geographies.map(isolated),
      suppliers: data.suppliers.map(isolated),
      stores: data.stores.map((store) => ({
        ...store,
        name: isolated(store.name)
      })),
      batches: data.batches.map((batch) => ({
        ...batch,
        number: isolated(batch.number)
      })),
      stages: data.stages.map((stage) => ({
        ...stage,
        name: isolated(stage.name)
      }))
    };
  }
  var feedSection = {
    id: "feed",
    title: "Feed",
    about: "What lies in silos and barges, what feed costs, and how much of it becomes fish.",
    draw(figures, root) {
      const data = apart2(figures);
      root.append(...storeFigures(data), element("div", {
        class: "pair"
      }, costFigure(data), conversionFigure(data)));
    }
  };

  // src/page/glance.ts
  function listed(counts) {
    const words = counts.filter(({ count }) => count > 0).flatMap(({ name, count }, place) => [
      `${place === 0 ? "" : ", "}${wholeText(count)} `,
      said(name)
    ]);
    return element("span", {}, ...words);
  }
  function tile(number, of2, more) {
    return element("div", {
      class: "tile"
    }, element("dt", {}, of2), element("dd", {}, element("strong", {}, number), more === void 0 ? "" : " ", more));
  }
  function fact(name, ...content2) {
    return element("div", {}, element("dt", {}, name), element("dd", {}, ...content2));
  }
  function daysFrom(first, last) {
    return Math.round((Date.parse(last) - Date.parse(first)) / 864e5) + 1;
  }
  function checksText({ checks }) {
    if (checks === null) return "Not verified: this page was made of the files as they are";
    const { passed, failed, skipped, broken } = checks;
    const more = broken === 0 ? "" : `, ${wholeText(broken)} broken`;
    return `${wholeText(passed)} passed, ${wholeText(failed)} failed, ${wholeText(skipped)} skipped${more}`;
  }
  function drawGlance(data, root) {
    const { batches, containers, firstDay, lastDay } = data;
    root.append(element("dl", {
      class: "tiles"
    }, tile(wholeText(batches.all), batches.all === 1 ? "batch" : "batches", listed(data.geographies)), tile(wholeText(daysFrom(firstDay, lastDay)), "days", `${firstDay} to ${lastDay}`), tile(wholeText(data.fish), "fish on the last day", `of ${wholeText(data.eggs)} eggs`), tile(weightText(data.biomass), "biomass on the last day"), tile(weightText(data.harvestedKg), "harvested", countText(data.harvestedFish, "fish", "fish")), tile(wholeText(data.rows), "rows", `${countText(data.tables, "table")}, ${bytesText(data.bytes)}`)), element("dl", {
      class: "facts"
    }, fact("Batches", `${wholeText(batches.completed)} completed, ${wholeText(batches.active)} active`), fact("Active by stage", batches.active === 0 ? "none" : listed(data.stages)), fact("Containers", `${wholeText(containers.occupied)} hold fish on the last day, ${wholeText(containers.everUsed)} ever did, of ${wholeText(containers.all)}`), fact("Feed eaten", weightText(data.feedKg)), fact("Deaths", countText(data.deaths, "fish", "fish")), fact("Seed", String(data.seed)), fact("Profile", said(data.profile)), fact("Made by", `Redd ${data.version}, for AquaMind's schema of ${data.schema}`), fact("Checks", checksText(data)), fact("Files", countText(data.files, "CSV file")), fact("Digest", element("code", {}, data.digest), element("small", {}, " the dataset's lasting name, for --expect"))));
  }
  var glanceSection = {
    id: "glance",
    title: "The farm at a glance",
    about: "What this dataset is, and how much of everything it has.",
    draw: drawGlance
  };

  // src/report/data/geographies.ts
  var FARM_COLUMNS = {
    ...GEOGRAPHY_COLUMNS,
    batch_batchcontainerassignment: [
      "id",
      "batch_id",
      "container_id"
    ]
  };
  var BATCH_GEOGRAPHIES = `SELECT a.batch_id, arg_min(p.name, a.id) AS name
  FROM batch_batchcontainerassignment a
  JOIN (${CONTAINER_GEOGRAPHIES}) p ON p.container_id = a.container_id
  GROUP BY a.batch_id`;
  async function farmGeographies(rows) {
    const found = await rows(`SELECT p.name
    FROM batch_batchcontainerassignment a
    JOIN (${CONTAINER_GEOGRAPHIES}) p ON p.container_id = a.container_id
    GROUP BY p.geography_id, p.name ORDER BY p.geography_id`);
    return found.map(({ name }) => name);
  }

  // src/report/data/money.ts
  var MONEY_COLUMNS = {
    finance_intercompanytransaction: [
      "tx_id",
      "posting_date",
      "amount",
      "currency",
      "policy_id"
    ],
    finance_intercompanypolicy: [
      "policy_id",
      "method",
      "markup_percent",
      "from_company_id",
      "to_company_id",
      "pricing_basis",
      "lifecycle_stage_id"
    ],
    finance_dimcompany: [
      "company_id",
      "display_name",
      "currency"
    ],
    batch_lifecyclestage: [
      "id",
      "name"
    ]
  };
  var BETWEEN = `
  SELECT s.display_name AS seller, b.display_name AS buyer,
    coalesce(g.name, 'harvested fish, by grade') AS goods,
    p.method || coalesce(' +' || CAST(CAST(p.markup_percent AS double) AS varchar) || ' %', '')
      AS method,
    coalesce(nullif(t.currency, ''), b.currency) AS currency, count(*) AS sales,
    count(t.amount) AS priced, coalesce(sum(t.amount), 0) AS amount
  FROM finance_intercompanytransaction t
  JOIN finance_intercompanypolicy p ON p.policy_id = t.policy_id
  JOIN finance_dimcompany s ON s.company_id = p.from_company_id
  JOIN finance_dimcompany b ON b.company_id = p.to_company_id
  LEFT JOIN batch_lifecyclestage g ON g.id = p.lifecycle_stage_id
  GROUP BY 1, 2, 3, 4, 5, s.company_id, b.company_id ORDER BY s.company_id, b.company_id, 3`;
  var MONTHS = `
  SELECT CAST(date_trunc('month', posting_date) AS date) AS month, currency, count(*) AS sales,
    sum(amount) AS amount
  FROM finance_intercompanytransaction WHERE amount IS NOT NULL AND currency IS NOT NULL
  GROUP BY 1, 2 ORDER BY 2, 1`;
  async function moneyFigures(rows) {
    return {
      money: await rows(BETWEEN),
      months: await rows(MONTHS)
    };
  }

  // src/report/data/harvest.ts
  var WEIGHT_STEP = 0.1;
  var BATCHES2 = `
  SELECT b.batch_number AS number, g.name AS geography,
    CAST(min(e.event_date) AS date) AS "firstDay", CAST(max(e.event_date) AS date) AS "lastDay",
    count(DISTINCT e.id) AS rings, count(*) AS lots, sum(l.unit_count) AS fish,
    sum(l.live_weight_kg) AS "liveKg", sum(l.gutted_weight_kg) AS "guttedKg",
    sum(l.fillet_weight_kg) AS "filletKg"
  FROM harvest_harvestlot l JOIN harvest_harvestevent e ON e.id = l.event_id
  JOIN batch_batch b ON b.id = e.batch_id
  JOIN (${BATCH_GEOGRAPHIES}) g ON g.batch_id = b.id
  GROUP BY b.id, b.batch_number, g.name ORDER BY min(e.event_date), b.id`;
  var GRADES = `
  SELECT p.code AS grade, g.name AS geography, count(*) AS lots, sum(l.unit_count) AS fish,
    sum(l.live_weight_kg) AS "liveKg"
  FROM harvest_harvestlot l JOIN harvest_harvestevent e ON e.id = l.event_id
  JOIN harvest_productgrade p ON p.id = l.product_grade_id
  JOIN (${BATCH_GEOGRAPHIES}) g ON g.batch_id = e.batch_id
  GROUP BY p.id, p.code, g.name ORDER BY p.id, g.name`;
  var WEIGHTS = `
  WITH rings AS (
    SELECT e.batch_id,
      CAST(sum(l.live_weight_kg) AS double) / nullif(sum(l.unit_count), 0) AS kg
    FROM harvest_harvestlot l JOIN harvest_harvestevent e ON e.id = l.event_id
    GROUP BY e.id, e.batch_id
  )
  SELECT g.name AS geography, CAST(floor(r.kg / ${WEIGHT_STEP} + 1e-9) AS bigint) AS step,
    count(*) AS rings
  FROM rings r JOIN (${BATCH_GEOGRAPHIES}) g ON g.batch_id = r.batch_id
  WHERE r.kg IS NOT NULL GROUP BY 1, 2 ORDER BY 2, 1`;
  var harvestSectionFigures = {
    id: "harvest",
    reads: {
      ...FARM_COLUMNS,
      ...MONEY_COLUMNS,
      harvest_harvestevent: [
        "id",
        "event_date",
        "batch_id"
      ],
      harvest_harvestlot: [
        "event_id",
        "product_grade_id",
        "live_weight_kg",
        "gutted_weight_kg",
        "fillet_weight_kg",
        "unit_count"
      ],
      harvest_productgrade: [
        "id",
        "code"
      ],
      batch_batch: [
        "id",
        "batch_number"
      ]
    },
    async figures({ rows }) {
      const geographies = await farmGeographies(rows);
      const placed = (found) => found.map((row) => ({
        ...row,
        geography: geographies.indexOf(row.geography)
      }));
      const weights = await rows(WEIGHTS);
      return {
        geographies,
        grades: (await rows(`SELECT code FROM harvest_productgrade ORDER BY id`)).map(({ code }) => code),
        batches: placed(await rows(BATCHES2)),
        byGrade: placed(await rows(GRADES)),
        weights: placed(weights).map(({ geography, step, rings }) => ({
          geography,
          rings,
          fromKg: Math.round(step * WEIGHT_STEP * 100) / 100
        })),
        ...await moneyFigures(rows)
      };
    }
  };

  // src/page/columns.ts
  function startOf(month, more = 0) {
    const [year, of2] = month.split("-").map(Number);
    return new Date(Date.UTC(year, of2 - 1 + more, 1));
  }
  function monthColumns(months) {
    const all = months.map(({ month }) => month).sort();
    return {
      head: "Month",
      x: {
        ...TIME,
        domain: [
          startOf(all[0], -6),
          startOf(all.at(-1), 6)
        ]
      },
      columns: months.map(({ month, part, value }) => ({
        name: month,
        from: startOf(month),
        to: startOf(month, 1),
        part,
        value
      }))
    };
  }
  function blocksOf(columns, parts) {
    const byPlace = Map.groupBy(columns, ({ from }) => Number(from));
    return [
      ...byPlace
    ].sort(([a], [b]) => a - b).flatMap(([, own]) => {
      let low = 0;
      return Array.from({
        length: parts
      }, (_, part) => part).flatMap((part) => {
        const value = own.filter((one) => one.part === part).reduce((sum3, one) => sum3 + one.value, 0);
        if (value <= 0) return [];
        const block = {
          ...own[0],
          part,
          value,
          low,
          high: low + value
        };
        low = block.high;
        return [
          block
        ];
      });
    });
  }
  function columnsFigure(options) {
    const { title, description, label, parts, head, x, columns, say } = options;
    const blocks = blocksOf(columns, parts.length);
    return figure({
      title,
      description,
      ...parts.length > 1 ? {
        legend: parts
      } : {},
      draw: (width) => drawing({
        width,
        height: 260,
        marginBottom: 44,
        x: {
          labelOffset: 36,
          ...x
        },
        y: {
          label,
          grid: true,
          nice: true,
          tickFormat: "~s"
        },
        marks: [
          Plot.rectY(blocks, {
            x1: "from",
            x2: "to",
            y1: "low",
            y2: "high",
            fill: ({ part }) => parts[part].colour,
            insetLeft: 0.5,
            insetRight: 0.5,
            sort: null
          }),
          Plot.ruleY([
            0
          ])
        ]
      }),
      steps: (svg) => {
        const drawn = marksIn(svg, "rect");
        return blocks.map(({ name, part, value }, place) => ({
          text: `${name}${parts.length > 1 ? `, ${parts[part].name}` : ""}: ${say(value)}`,
          marks: [
            drawn[place]
          ]
        }));
      },
      table: () => ({
        caption: title,
        head: [
          head,
          "Of",
          label
        ],
        rows: blocks.map(({ name, part, value }) => [
          name,
          parts[part].name,
          say(value)
        ])
      })
    });
  }

  // src/page/harvest/money.ts
  function moneyTable(money) {
    return tableElement({
      caption: "Sales between companies",
      head: [
        "Seller",
        "Buyer",
        "Of",
        "Price",
        "Sales",
        "With an amount",
        "Amount",
        "Currency"
      ],
      rows: money.map((one) => [
        ...[
          one.seller,
          one.buyer,
          one.goods,
          one.method
        ].map((text) => element("bdi", {}, text)),
        one.sales,
        one.priced,
        one.priced === 0 ? "none" : decimalText(one.amount, 2),
        element("bdi", {}, one.currency)
      ])
    });
  }
  function moneyParts({ money, months }) {
    const title = "Money between companies";
    if (money.length === 0) {
      return [
        emptyFigure({
          title,
          why: "No company has sold anything yet: the first sale is when fish go to sea, after 450 days."
        })
      ];
    }
    const currencies = [
      ...new Set(months.map(({ currency }) => currency))
    ];
    const figures = currencies.map((currency, place) => columnsFigure({
      title: `Sales between companies by month, ${currency}`,
      description: "Sales that have an amount, by the month in which they were posted.",
      label: `Amount (${currency})`,
      parts: [
        {
          name: currency,
          colour: seriesColour(place)
        }
      ],
      ...monthColumns(months.filter((one) => one.currency === currency).map(({ month, amount }) => ({
        month: month.slice(0, 7),
        part: 0,
        value: amount
      }))),
      say: (amount) => `${shortText(amount)} ${currency}`
    }));
    const unpriced = money.reduce((sum3, { sales, priced }) => sum3 + sales - priced, 0);
    return [
      ...figures.length === 0 ? [
        emptyFigure({
          title,
          why: "No sale has an amount."
        })
      ] : [
        element("div", {
          class: "pair"
        }, ...figures)
      ],
      element("h3", {}, title),
      ...unpriced === 0 ? [] : [
        element("p", {
          class: "about"
        }, `${countText(unpriced, "sale")} without an amount: they wait for their approval.`)
      ],
      moneyTable(money)
    ];
  }

  // src/page/harvest/harvest.ts
  function monthsFigure({ batches, geographies }) {
    const rows = batches.map(({ lastDay, liveKg, geography }) => ({
      month: lastDay.slice(0, 7),
      geography,
      kg: liveKg
    }));
    return columnsFigure({
      title: "Harvest by month",
      description: "Live weight of the batches whose last ring was emptied in the month.",
      label: "Live weight (t)",
      parts: geographies.map((name, place) => ({
        name,
        colour: seriesColour(place)
      })),
      ...monthColumns(rows.map(({ month, geography, kg }) => ({
        month,
        part: geography,
        value: kg / 1e3
      }))),
      say: (t) => weightText(t * 1e3)
    });
  }
  function weightsFigure({ weights, geographies }) {
    const all = weights.map(({ fromKg }) => fromKg);
    return columnsFigure({
      title: "Mean weight of the fish of a ring",
      description: `Rings by what their fish weighed alive on the mean, in steps of ${WEIGHT_STEP} kg.`,
      label: "Rings",
      parts: geographies.map((name, place) => ({
        name,
        colour: seriesColour(place)
      })),
      head: "From (kg)",
      x: {
        label: "Mean live weight (kg)",
        domain: [
          Math.min(...all) - 0.5,
          Math.max(...all) + 0.6
        ]
      },
      columns: weights.map(({ fromKg, geography, rings }) => ({
        name: `${decimalText(fromKg, 1)} kg`,
        from: fromKg,
        to: fromKg + WEIGHT_STEP,
        part: geography,
        value: rings
      })),
      say: (n) => countText(n, "ring")
    });
  }
  function gradesFigure({ grades, byGrade, geographies }) {
    const lots = byGrade.reduce((sum3, one) => sum3 + one.lots, 0);
    return lyingBars({
      title: "Fish by grade",
      description: `${countText(lots, "lot")}, one for each grade of a ring.`,
      label: "Fish",
      parts: geographies.map((name, place) => ({
        name,
        colour: seriesColour(place)
      })),
      bars: grades.map((grade) => ({
        name: grade,
        values: geographies.map((_, place) => byGrade.find((one) => one.grade === grade && one.geography === place)?.fish ?? 0)
      })),
      say: (n) => countText(n, "fish", "fish")
    });
  }
  function batchTable({ batches, geographies }) {
    return element("details", {
      class: "numbers"
    }, element("summary", {}, `Harvested batches (${wholeText(batches.length)})`), tableElement({
      caption: "Harvested batches; weights in tonnes, the mean weight of a fish in kg",
      head: [
        "Batch",
        "Geography",
        "Harvested",
        "Rings",
        "Lots",
        "Fish",
        "Live",
        "Gutted",
        "Fillet",
        "Mean"
      ],
      rows: batches.map((one) => [
        element("bdi", {}, one.number),
        element("bdi", {}, geographies[one.geography] ?? ""),
        one.firstDay === one.lastDay ? one.lastDay : `${one.firstDay} to ${one.lastDay}`,
        one.rings,
        one.lots,
        wholeText(one.fish),
        ...[
          one.liveKg,
          one.guttedKg,
          one.filletKg
        ].map((kg) => decimalText(kg / 1e3, 1)),
        decimalText(one.liveKg / Math.max(one.fish, 1), 2)
      ])
    }));
  }
  function apart3(data) {
    return {
      ...data,
      geographies: data.geographies.map(isolated),
      grades: data.grades.map(isolated),
      byGrade: data.byGrade.map((one) => ({
        ...one,
        grade: isolated(one.grade)
      })),
      batches: data.batches.map((one) => ({
        ...one,
        number: isolated(one.number)
      })),
      months: data.months.map((one) => ({
        ...one,
        currency: isolated(one.currency)
      }))
    };
  }
  var harvestSection = {
    id: "harvest",
    title: "Harvest and money",
    about: "What was harvested, of which weight and grade, and what companies of the farm sell each other.",
    draw(figures, root) {
      const data = apart3(figures);
      if (data.batches.length === 0) {
        root.append(emptyFigure({
          title: "Harvest",
          why: "No batch has been harvested yet: that is when its fish have reached their weight, after some 750 to 850 days."
        }));
      } else {
        root.append(monthsFigure(data), element("div", {
          class: "pair"
        }, weightsFigure(data), gradesFigure(data)), batchTable(data));
      }
      root.append(...moneyParts(data));
    }
  };

  // src/page/lanes.ts
  function lanesOf(spans) {
    const ends = [];
    const lanes = spans.map(({ from, to }) => {
      const free = ends.findIndex((end) => end <= from);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = to;
      return lane;
    });
    return {
      lanes,
      all: Math.max(1, ends.length)
    };
  }

  // src/page/occupancy.ts
  var ROW = {
    site: 17,
    lane: 9
  };
  var FEW_DAYS = 8;
  function laidOut(data, geography) {
    const rows = [];
    const bars = [];
    let top = 0;
    data.sites.forEach((site, place) => {
      if (site.geography !== geography) return;
      const stays = data.stays.filter(([at]) => at === place);
      const spans = stays.map(([, , , from, days]) => ({
        from,
        to: from + days
      }));
      const { lanes, all } = lanesOf(spans);
      const height = Math.max(ROW.site, all * ROW.lane + 4);
      rows.push({
        site,
        from: top,
        to: top + height
      });
      const lane = (height - 4) / all;
      stays.forEach((stay, n) => {
        const y1 = top + 2 + lanes[n] * lane;
        bars.push({
          stay,
          site,
          x1: dayAfter(data.firstDay, stay[3]),
          x2: dayAfter(data.firstDay, stay[3] + stay[4]),
          y1,
          y2: y1 + lane - (all > 1 ? 1 : 0)
        });
      });
      top += height;
    });
    bars.sort((a, b) => a.stay[3] - b.stay[3] || a.y1 - b.y1);
    return {
      rows,
      bars,
      height: top
    };
  }
  function drawBars(data, { rows, bars, height }, by, width) {
    const narrow = width < 600;
    const last = dayAfter(data.firstDay, data.days);
    const ticks = data.days < FEW_DAYS ? "day" : narrow ? 4 : 8;
    return drawing({
      width,
      height: height + (rows.length > 20 ? 60 : 40),
      marginTop: rows.length > 20 ? 28 : 8,
      marginBottom: 32,
      marginLeft: narrow ? 92 : 130,
      marginRight: data.days < FEW_DAYS ? 30 : MARGIN.right,
      x: {
        ...TIME,
        domain: [
          dayAfter(data.firstDay, 0),
          last
        ]
      },
      y: {
        axis: null,
        type: "linear",
        domain: [
          height,
          0
        ]
      },
      color: {
        type: "identity"
      },
      marks: [
        Plot.gridX({
          stroke: "var(--grid)",
          strokeOpacity: 1
        }),
        // Whoever looks at the first of many rows does not see the last.
        ...rows.length > 20 ? [
          Plot.axisX({
            anchor: "top",
            ticks,
            label: null
          })
        ] : [],
        Plot.axisX({
          anchor: "bottom",
          ticks,
          label: null
        }),
        Plot.ruleY(rows, {
          y: "to",
          stroke: "var(--grid)"
        }),
        Plot.text(rows, {
          frameAnchor: "left",
          textAnchor: "end",
          dx: -6,
          y: ({ from, to }) => (from + to) / 2,
          text: ({ site }) => isolated(site.name),
          fontSize: narrow ? 9.5 : 11
        }),
        Plot.rect(bars, {
          x1: "x1",
          x2: "x2",
          y1: "y1",
          y2: "y2",
          insetRight: 1,
          fill: ({ stay }) => by === "stage" ? stageColour(stay[2]) : seriesColour(stay[1]),
          ariaLabel: "stay"
        })
      ]
    });
  }
  function sayBar(data, { stay, site, x1, x2 }) {
    const [, batch, stage, , days, fish, containers] = stay;
    const last = isoDay(new Date(x2.getTime() - 864e5));
    return `${isolated(data.batches[batch])}, ${isolated(data.stages[stage])} in ${isolated(site.name)}: ${isoDay(x1)} to ${last}, ${countText(days, "day")}, up to ${countText(fish, "fish", "fish")} in ${countText(containers, "container")}`;
  }
  function occupancyFigure(data, geography, by) {
    const laid = laidOut(data, geography);
    const { bars } = laid;
    const name = data.geographies[geography];
    const { halls, areas } = data.unused[geography];
    const empty = [
      ...halls === 0 ? [] : [
        countText(halls, "hall")
      ],
      ...areas === 0 ? [] : [
        countText(areas, "area")
      ]
    ].join(" and ");
    const colours = by === "stage" ? "The colour is the stage." : "A batch keeps its colour, of which there are six, from hall to hall and to sea.";
    return figure({
      title: `Halls and sea areas of ${isolated(name)}`,
      description: `Each row is a hall or an area, each bar the stay of a batch. ${colours} ${empty === "" ? "" : `${empty} never held fish and ${halls + areas === 1 ? "is" : "are"} left out.`}`,
      ...by === "stage" ? {
        legend: data.stages.map((stage, place) => ({
          name: stage,
          colour: stageColour(place)
        }))
      } : {},
      draw: (width) => drawBars(data, laid, by, width),
      steps: (svg) => {
        const marks = marksIn(svg, "rect");
        const ofBatch = Map.groupBy(bars.keys(), (place) => bars[place].stay[1]);
        return bars.map((bar, place) => ({
          text: sayBar(data, bar),
          marks: [
            marks[place]
          ],
          kin: ofBatch.get(bar.stay[1]).map((other) => marks[other]),
          open: () => location.hash = batchAddress(data.batches[bar.stay[1]])
        }));
      },
      table: () => ({
        caption: `Stays of batches in ${isolated(name)}`,
        head: [
          "Site",
          "Batch",
          "Stage",
          "First day",
          "Days",
          "Fish at most",
          "Containers"
        ],
        rows: bars.map(({ site, stay, x1 }) => [
          isolated(site.name),
          isolated(data.batches[stay[1]]),
          isolated(data.stages[stay[2]]),
          isoDay(x1),
          stay[4],
          wholeText(stay[5]),
          stay[6]
        ])
      })
    });
  }
  function drawOccupancy(data, root) {
    const used = data.geographies.flatMap((_, place) => data.sites.some(({ geography }) => geography === place) ? [
      place
    ] : []);
    const figures = element("div");
    const show = (by) => figures.replaceChildren(...used.map((place) => occupancyFigure(data, place, by)));
    show("stage");
    root.append(choice({
      name: "Colour by",
      options: [
        "stage",
        "batch"
      ],
      onChoose: (place) => show(place === 0 ? "stage" : "batch")
    }), figures);
  }
  var occupancySection = {
    id: "occupancy",
    title: "Occupancy",
    about: "Every hall and sea area that held fish, over the years. A bar opens the life of its batch, by a click or the Enter key.",
    draw: drawOccupancy
  };

  // src/page/quality.ts
  var ENDS = [
    [
      "broken",
      "\u2717 broken"
    ],
    [
      "failed",
      "\u2717 failed"
    ],
    [
      "skipped",
      "\u2013 skipped"
    ],
    [
      "passed",
      "\u2713 passed"
    ]
  ];
  var countOf = (checks, status) => checks.filter((check) => check.status === status).length;
  function endsText(checks) {
    return ENDS.toReversed().flatMap(([status]) => {
      const count = countOf(checks, status);
      return count === 0 ? [] : `${wholeText(count)} ${status}`;
    }).join(", ");
  }
  function detailsOf({ status, details }) {
    if (details.length === 0) return "";
    if (status === "skipped") return said(details[0]);
    return element("ul", {
      class: "details"
    }, ...details.map((one) => element("li", {}, said(one))));
  }
  function groupPart({ name, checks }) {
    const order = (check) => ENDS.findIndex(([status]) => status === check.status);
    const bad = checks.some(({ status }) => status === "failed" || status === "broken");
    return element("details", {
      class: "group",
      ...bad ? {
        open: ""
      } : {}
    }, element("summary", {}, `${name}: ${endsText(checks)}`), tableElement({
      caption: `${name}; what holds where a check passes`,
      head: [
        "Check",
        "End",
        "What holds",
        "Found, or why it was skipped",
        "Written down in"
      ],
      rows: checks.toSorted((a, b) => order(a) - order(b)).map((check) => [
        said(check.id),
        ENDS[order(check)][1],
        said(check.title),
        detailsOf(check),
        said(check.source)
      ])
    }));
  }
  var qualitySection = {
    id: "quality",
    title: "Data quality",
    about: "The laws that the dataset was held against, and what came of each.",
    draw({ verified, groups: groups2 }, root) {
      if (!verified) {
        root.append(emptyFigure({
          title: "Nothing was verified",
          why: "This page was made of the files as they are. `report --verify` runs all checks first."
        }));
        return;
      }
      const checks = groups2.flatMap((group) => group.checks);
      root.append(element("p", {}, element("strong", {}, `${countText(checks.length, "check")}: `), endsText(checks)), ...groups2.map(groupPart));
    }
  };

  // src/page/realism.ts
  var SVG4 = "http://www.w3.org/2000/svg";
  var [WIDTH, HEIGHT, BESIDE] = [
    190,
    26,
    0.3
  ];
  var NUMBER = new Intl.NumberFormat("en", {
    maximumSignificantDigits: 3,
    useGrouping: true
  });
  function withUnit(value, unit) {
    return unit === "" ? NUMBER.format(value) : `${NUMBER.format(value)} ${unit}`;
  }
  function rangeText2({ low, high }, unit) {
    const range = `${NUMBER.format(low)} to ${NUMBER.format(high)}`;
    return unit === "" ? range : `${range} ${unit}`;
  }
  var PLACES = {
    inside: "inside",
    below: "below",
    above: "above",
    none: "no value"
  };
  function mark(name, attributes) {
    const made = document.createElementNS(SVG4, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    return made;
  }
  function scaleAround({ low, high }) {
    const [left, right] = [
      WIDTH * BESIDE,
      WIDTH * (1 - BESIDE)
    ];
    const width = Math.max(high - low, Math.abs(high) * 0.01, 1e-9);
    return (value) => {
      const x = left + (right - left) * (value - low) / width;
      return Math.max(8, Math.min(WIDTH - 8, x));
    };
  }
  function drawFigure({ title, unit, value, published, documented }) {
    const band = published ?? documented;
    if (band === void 0) return "";
    const x = scaleAround(band);
    const middle = HEIGHT / 2;
    const says = value === null ? `${title}: no value` : `${title}: ${withUnit(value, unit)}, ${PLACES[band.verdict]} ${rangeText2(band, unit)}`;
    const svg = mark("svg", {
      width: WIDTH,
      height: HEIGHT,
      role: "img",
      "aria-label": says,
      class: "band"
    });
    svg.append(mark("line", {
      x1: 2,
      x2: WIDTH - 2,
      y1: middle,
      y2: middle,
      class: "axis"
    }));
    if (published !== void 0) {
      svg.append(mark("rect", {
        x: x(published.low),
        y: 4,
        width: Math.max(2, x(published.high) - x(published.low)),
        height: HEIGHT - 8,
        class: "published"
      }));
    }
    if (documented !== void 0) {
      svg.append(mark("rect", {
        x: x(documented.low),
        y: HEIGHT - 6,
        width: Math.max(3, x(documented.high) - x(documented.low)),
        height: 4,
        class: "documented"
      }));
    }
    if (value !== null) svg.append(dotAt(value, x, band));
    return svg;
  }
  function dotAt(value, x, { low, high }) {
    const [at, middle] = [
      x(value),
      HEIGHT / 2
    ];
    const inside = value >= low && value <= high;
    const beyond = value > high && at >= WIDTH - 8 ? 1 : value < low && at <= 8 ? -1 : 0;
    if (beyond === 0) {
      return mark("circle", {
        cx: at,
        cy: middle,
        r: 5,
        class: inside ? "value" : "value outside"
      });
    }
    const d = `M${at + 6 * beyond},${middle}L${at - 5 * beyond},${middle - 6}V${middle + 6}Z`;
    return mark("path", {
      d,
      class: "value outside"
    });
  }
  function rowOf(figure2) {
    const { title, unit, value, why, n, published, documented } = figure2;
    return [
      said(title),
      value === null ? element("small", {}, said(why ?? "no value")) : withUnit(value, unit),
      drawFigure(figure2),
      published === void 0 ? "" : rangeText2(published, unit),
      published === void 0 ? "" : PLACES[published.verdict],
      documented === void 0 ? "" : rangeText2(documented, unit),
      wholeText(n)
    ];
  }
  function sourcesPart(figures) {
    return element("details", {
      class: "numbers"
    }, element("summary", {}, "Where the ranges come from"), tableElement({
      caption: "Sources of the ranges",
      head: [
        "Figure",
        "Published",
        "AquaMind's papers"
      ],
      rows: figures.map(({ title, published, documented }) => [
        said(title),
        said(published?.source ?? ""),
        said(documented?.source ?? "")
      ])
    }));
  }
  var realismSection = {
    id: "realism",
    title: "Realism",
    about: "Figures of this dataset beside the ranges that farms and trials have published, and that AquaMind's own papers state. They are no checks: nothing passes or fails by them.",
    draw({ figures }, root) {
      if (figures.length === 0) {
        root.append(emptyFigure({
          title: "Figures",
          why: "There are none."
        }));
        return;
      }
      const told = figures.filter(({ value }) => value !== null);
      const judged = told.filter(({ published }) => published !== void 0);
      const inside = judged.filter(({ published }) => published.verdict === "inside");
      root.append(element("p", {}, `${countText(told.length, "figure")} of ${wholeText(figures.length)} have a value here; ${wholeText(inside.length)} of the ${wholeText(judged.length)} with a published range are inside it.`), legend([
        {
          name: "published range",
          colour: "var(--band)"
        },
        {
          name: "stated by AquaMind's papers",
          colour: "var(--series-5)"
        },
        {
          name: "this dataset",
          colour: "var(--text)",
          shape: "dot"
        },
        {
          name: "outside, ring or arrow",
          colour: "var(--text)",
          shape: "ring"
        }
      ]), element("div", {
        class: "realism"
      }, tableElement({
        caption: "All figures; a dot inside its band lies in the range",
        head: [
          "Figure",
          "Value",
          "In its band",
          "Published",
          "Value is",
          "AquaMind's papers",
          "Counted"
        ],
        rows: figures.map(rowOf)
      })), sourcesPart(figures));
    }
  };

  // src/page/stacked.ts
  function stackedFigure(stacked) {
    const { title, description, label, days, series, say } = stacked;
    const rows = series.flatMap(({ name, values }) => days.map((day, place) => ({
      day,
      name,
      value: values[place] ?? 0
    })));
    const totals = days.map((_, place) => series.reduce((sum3, { values }) => sum3 + values[place], 0));
    const sayDay = (place) => {
      const parts = series.filter(({ values }) => values[place] > 0).map(({ name, values }) => `${name} ${say(values[place])}`);
      return `${isoDay(days[place])}: ${say(totals[place])}${parts.length > 1 ? ` (${parts.join(", ")})` : parts.length === 1 ? `, ${parts[0]}` : ""}`;
    };
    return figure({
      title,
      description,
      legend: series,
      draw: (width) => drawing({
        width,
        x: TIME,
        y: {
          label,
          grid: true,
          tickFormat: "s",
          nice: true
        },
        color: {
          domain: series.map(({ name }) => name),
          range: series.map(({ colour }) => colour)
        },
        marks: [
          Plot.areaY(rows, {
            x: "day",
            y: "value",
            fill: "name",
            order: series.map(({ name }) => name),
            stroke: "var(--surface)",
            strokeWidth: 0.6
          }),
          groundLine()
        ]
      }),
      steps: (svg) => {
        const x = timeScale(svg);
        return days.map((day, place) => ({
          text: sayDay(place),
          x: x(day)
        }));
      },
      table: () => ({
        caption: title,
        head: [
          "Day",
          ...series.map(({ name }) => name),
          "All"
        ],
        rows: days.map((day, place) => [
          isoDay(day),
          ...series.map(({ values }) => say(values[place])),
          say(totals[place])
        ])
      })
    });
  }

  // src/page/stock.ts
  var MEASURES = [
    {
      key: "biomass",
      name: "Biomass",
      label: "Biomass (t)",
      unit: 1e-3,
      say: (t) => weightText(t * 1e3)
    },
    {
      key: "fish",
      name: "Fish",
      label: "Fish",
      unit: 1,
      say: (n) => `${shortText(n)} fish`
    }
  ];
  function sumOf(series, key, unit, days) {
    const sums = new Array(days).fill(0);
    for (const one of series) {
      numbersOf(one[key]).forEach((value, place) => sums[place] += (value ?? 0) * unit);
    }
    return sums;
  }
  function figuresIn(data, geography) {
    const days = Array.from({
      length: data.days
    }, (_, n) => dayAfter(data.first, n * STOCK_STEP));
    const own = data.series.filter((one) => geography === void 0 || one.geography === geography);
    const where = geography === void 0 ? "" : ` in ${data.geographies[geography]}`;
    return MEASURES.map(({ key, name, label, unit, say }) => stackedFigure({
      title: `${name} by stage${where}`,
      description: "Stages lie upon each other, the first of life at the bottom; a day in seven.",
      label,
      days,
      say,
      series: data.stages.flatMap((stage, place) => {
        const ofStage = own.filter((one) => one.stage === place);
        if (ofStage.length === 0) return [];
        const values = sumOf(ofStage, key, unit, data.days);
        return [
          {
            name: stage,
            colour: stageColour(place),
            values
          }
        ];
      })
    }));
  }
  function drawStock(data, root) {
    const days = Array.from({
      length: data.days
    }, (_, n) => dayAfter(data.first, n * STOCK_STEP));
    const figures = element("div", {
      class: "pair"
    });
    const show = (geography) => {
      figures.replaceChildren(...figuresIn(data, geography));
    };
    show(void 0);
    if (data.geographies.length > 1) {
      root.append(choice({
        name: "Geography",
        options: [
          "All",
          ...data.geographies
        ],
        onChoose: (place) => show(place === 0 ? void 0 : place - 1)
      }));
    }
    root.append(figures);
    if (data.geographies.length < 2) return;
    const byGeography = MEASURES.map(({ key, name, label, unit, say }) => stackedFigure({
      title: `${name} by geography`,
      description: "Geographies lie upon each other; a day in seven.",
      label,
      days,
      say,
      series: data.geographies.map((geography, place) => ({
        name: geography,
        colour: seriesColour(place),
        values: sumOf(data.series.filter((one) => one.geography === place), key, unit, data.days)
      }))
    }));
    root.append(element("div", {
      class: "pair"
    }, ...byGeography));
  }
  var stockSection = {
    id: "stock",
    title: "Biomass and fish",
    about: "What lives on the farm, by stage and geography, from the first day to the last.",
    draw: drawStock
  };

  // src/page/all.ts
  var of = (section) => section;
  var allSections = [
    of(glanceSection),
    of(occupancySection),
    of(batchSection),
    of(stockSection),
    of(feedSection),
    of(environmentSection),
    of(harvestSection),
    of(realismSection),
    of(qualitySection),
    of(dictionarySection)
  ];

  // src/page/main.ts
  var NEAR = 800;
  function dataOf({ id }) {
    return JSON.parse(document.getElementById(`data-${id}`).textContent);
  }
  var content = document.getElementById("content");
  var waiting = /* @__PURE__ */ new Map();
  function draw(root) {
    const section = waiting.get(root);
    if (section === void 0) return;
    waiting.delete(root);
    section.draw(dataOf(section), root);
    root.setAttribute("data-drawn", "");
  }
  function drawRest() {
    const [next] = waiting.keys();
    if (next === void 0) return;
    draw(next);
    later(drawRest);
  }
  function later(work) {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(work, {
      timeout: 2e3
    });
    else setTimeout(work, 200);
  }
  for (const section of allSections) {
    const { id, title, about } = section;
    const root = element("section", {
      id,
      "aria-labelledby": `${id}-title`
    }, element("h2", {
      id: `${id}-title`,
      tabindex: -1
    }, title), element("p", {
      class: "about"
    }, about));
    content.append(root);
    waiting.set(root, section);
  }
  document.getElementById("contents").append(element("ol", {}, ...allSections.map(({ id, title }) => element("li", {}, element("a", {
    href: `#${id}`
  }, title)))));
  var near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      draw(target);
    }
  }, {
    rootMargin: `${NEAR}px`
  });
  for (const root of waiting.keys()) near.observe(root);
  addEventListener("beforeprint", () => {
    for (const root of [
      ...waiting.keys()
    ]) draw(root);
  });
  function follow() {
    const root = document.getElementById(location.hash.slice(1));
    if (root !== null && root.matches("section")) landOn(root);
  }
  addEventListener("hashchange", follow);
  follow();
  addEventListener("load", () => later(drawRest));
})();
