(() => {
  // src/report/page/dom.ts
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

  // src/report/page/words.ts
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

  // src/report/page/glance.ts
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
  function drawGlance(data, root) {
    const { batches, containers, firstDay, lastDay } = data;
    root.append(element("dl", {
      class: "tiles"
    }, tile(wholeText(batches.all), batches.all === 1 ? "batch" : "batches", listed(data.geographies)), tile(wholeText(daysFrom(firstDay, lastDay)), "days", `${firstDay} to ${lastDay}`), tile(wholeText(data.fish), "fish on the last day", `of ${wholeText(data.eggs)} eggs`), tile(weightText(data.biomass), "biomass on the last day"), tile(weightText(data.harvestedKg), "harvested", countText(data.harvestedFish, "fish", "fish")), tile(wholeText(data.rows), "rows", `${countText(data.tables, "table")}, ${bytesText(data.bytes)}`)), element("dl", {
      class: "facts"
    }, fact("Batches", `${wholeText(batches.completed)} completed, ${wholeText(batches.active)} active`), fact("Active by stage", batches.active === 0 ? "none" : listed(data.stages)), fact("Containers", `${wholeText(containers.occupied)} hold fish on the last day, ${wholeText(containers.everUsed)} ever did, of ${wholeText(containers.all)}`), fact("Feed eaten", weightText(data.feedKg)), fact("Deaths", countText(data.deaths, "fish", "fish")), fact("Seed", String(data.seed)), fact("Profile", said(data.profile)), fact("Made by", `Redd ${data.version}, for AquaMind's schema of ${data.schema}`), fact("Checks", "Not verified: this page was made of the files as they are"), fact("Files", countText(data.files, "CSV file")), fact("Digest", element("code", {}, data.digest), element("small", {}, " sha256 of the list of all files with their sha256"))));
  }
  var glanceSection = {
    id: "glance",
    title: "The farm at a glance",
    about: "What this dataset is, and how much of everything it has.",
    draw: drawGlance
  };

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

  // src/report/page/choice.ts
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

  // src/report/page/colours.ts
  function stageColour(place) {
    return `var(--stage-${place % 6 + 1})`;
  }
  function seriesColour(place) {
    return `var(--series-${place % 6 + 1})`;
  }

  // src/report/page/plot.ts
  var Plot = globalThis.ReddPlot;
  var CLASS = "redd-plot";
  function drawing(options) {
    return Plot.plot({
      marginLeft: 56,
      marginRight: 16,
      marginTop: 24,
      marginBottom: 36,
      height: 280,
      ...options,
      className: CLASS
    });
  }
  var TIME = {
    type: "utc",
    label: null
  };
  function dayAfter(day, days) {
    return new Date(Date.parse(`${day}T00:00:00Z`) + days * 864e5);
  }
  function isoDay(date) {
    return date.toISOString().slice(0, 10);
  }

  // src/report/page/series.ts
  function numbersOf(deltas, unit = 1) {
    let whole = 0;
    return deltas.map((delta) => {
      if (delta === null) return null;
      whole += delta;
      return whole * unit;
    });
  }

  // src/report/page/legend.ts
  var SVG = "http://www.w3.org/2000/svg";
  function swatch({ colour, shape = "area" }) {
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
    const kind = shape === "area" ? "rect" : shape === "dot" ? "circle" : "line";
    const mark = document.createElementNS(SVG, kind);
    const attributes = shape === "area" ? {
      x: "1",
      y: "1",
      width: "16",
      height: "10",
      fill: colour
    } : shape === "dot" ? {
      cx: "9",
      cy: "6",
      r: "4",
      fill: colour
    } : {
      x1: "0",
      x2: "18",
      y1: "6",
      y2: "6",
      stroke: colour,
      "stroke-width": "2.5",
      ...shape === "dashed" ? {
        "stroke-dasharray": "5 3"
      } : {}
    };
    for (const [name, value] of Object.entries(attributes)) mark.setAttribute(name, value);
    svg.append(mark);
    return svg;
  }
  function legend(entries) {
    return element("ul", {
      class: "legend"
    }, ...entries.map((entry) => element("li", {}, swatch(entry), element("bdi", {}, entry.name))));
  }

  // src/report/page/stepping.ts
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
  function stepping(box, svg, readout, steps) {
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
      for (const mark of steps[at]?.marks ?? []) mark.classList.remove("chosen");
      at = next;
      const { text, x, marks } = steps[at];
      for (const mark of marks ?? []) mark.classList.add("chosen");
      if (x !== void 0) {
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
      const move = event.altKey || event.ctrlKey || event.metaKey ? void 0 : KEYS[event.key];
      if (move === void 0) return;
      event.preventDefault();
      choose(at < 0 && event.key !== "End" ? 0 : move(at, steps.length));
    };
    const placeOf = new Map(steps.flatMap(({ marks = [] }, place) => marks.map((mark) => [
      mark,
      place
    ])));
    const positions = steps.map(({ x }) => x);
    box.onpointermove = (event) => {
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

  // src/report/page/table.ts
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

  // src/report/page/figure.ts
  function figure(options) {
    const { title, description, draw: draw2, steps } = options;
    const box = element("div", {
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
      svg.setAttribute("role", "img");
      svg.setAttribute("aria-label", `${title}. ${description}`);
      box.replaceChildren(svg);
      if (steps !== void 0) stepping(box, svg, readout, steps(svg));
    }).observe(box);
    return element("figure", {}, element("figcaption", {}, element("h3", {}, title), element("p", {}, description)), options.legend === void 0 ? void 0 : legend(options.legend), box, steps === void 0 ? void 0 : readout, numbers);
  }

  // src/report/page/stacked.ts
  function stackedFigure(stacked) {
    const { title, description, label, days, series, say } = stacked;
    const rows = series.flatMap(({ name, values }) => days.map((day, place) => ({
      day,
      name,
      value: values[place] ?? 0
    })));
    const totals = days.map((_, place) => series.reduce((sum, { values }) => sum + values[place], 0));
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
          Plot.ruleY([
            0
          ])
        ]
      }),
      steps: (svg) => {
        const x = scaleOf(svg, days);
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
  function scaleOf(svg, days) {
    const { width } = svg.viewBox.baseVal;
    const [first, last] = [
      days[0].getTime(),
      days.at(-1).getTime()
    ];
    const [left, right] = [
      56,
      width - 16
    ];
    return (day) => left + (right - left) * (day.getTime() - first) / Math.max(1, last - first);
  }

  // src/report/page/stock.ts
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

  // src/report/page/all.ts
  var of = (section) => section;
  var allSections = [
    of(glanceSection),
    of(stockSection)
  ];

  // src/report/page/main.ts
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
  addEventListener("load", () => later(drawRest));
})();
