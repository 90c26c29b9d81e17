// A script of X's page that turned hostile: runs before the page's own and tries every way to read what is not its own.
(() => {
  const log = [];
  const TYPED = ["keydown", "keypress", "keyup", "beforeinput", "input", "paste", "copy", "cut", "compositionstart",
    "compositionupdate", "compositionend", "textInput", "change", "selectionchange"];
  for (const type of TYPED) {
    addEventListener(type, (event) => {
      if (type !== "selectionchange") log.push([type, event.key ?? event.data ?? ""]);
    }, true);
  }
  const reports = [];
  if (self.ReportingObserver) {
    new ReportingObserver((list) => reports.push(...list.map((one) => JSON.stringify(one.toJSON?.() ?? one))),
      { buffered: true }).observe();
  }
  addEventListener("securitypolicyviolation", (event) => reports.push(event.blockedURI + event.sourceFile));
  addEventListener("error", (event) => reports.push(`${event.filename} ${event.message} ${event.target?.src ?? ""}`), true);
  const entries = [];
  for (const type of PerformanceObserver.supportedEntryTypes) {
    try {
      new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type, buffered: true });
    } catch { /* not observable by type */ }
  }

  // What the tap does with its port: a page that replaces built-ins later must not see it go by.
  const ports = [];
  const tampered = [];
  addEventListener("load", () => {
    const { postMessage } = MessagePort.prototype;
    MessagePort.prototype.postMessage = function (...given) { ports.push(this); return postMessage.apply(this, given); };
    const { exec } = RegExp.prototype;
    RegExp.prototype.exec = function (text) {
      if (this.source.includes("i\\/api")) tampered.push(this.source);
      return exec.call(this, text);
    };
    const { get } = WeakMap.prototype;
    WeakMap.prototype.get = function (key) {
      if (key instanceof XMLHttpRequest) tampered.push("WeakMap");
      return get.call(this, key);
    };
  });

  const hosts = () => [...document.querySelectorAll("[data-mutuals], [data-planted]")];
  const quietly = (work) => { try { return String(work() ?? ""); } catch (error) { return `! ${error.name}`; } };
  const selection = () => getSelection();

  /** Extends a selection from before a host by one unit after the other. */
  function walk(host, unit) {
    const range = document.createRange();
    range.setStartBefore(host);
    range.collapse(true);
    selection().removeAllRanges();
    selection().addRange(range);
    for (let turn = 0; turn < (unit === "character" ? 60 : 12); turn += 1) selection().modify("extend", "forward", unit);
    return String(selection());
  }

  /** Everything at a grid of points over a host. */
  function points(host, read) {
    const { left, top, width, height } = host.getBoundingClientRect();
    const found = new Set();
    for (let x = 1; x < 10; x += 1) for (let y = 1; y < 5; y += 1) found.add(read(left + (width * x) / 10, top + (height * y) / 5));
    return [...found].join("\n");
  }

  const textAt = (x, y) => document.elementsFromPoint(x, y).slice(0, 1)
    .map((one) => `${one.outerHTML} ${one.innerText} ${one.textContent} ${one.shadowRoot}`).join(" ");
  const caretAt = (x, y) => {
    const caret = document.caretPositionFromPoint?.(x, y);
    const range = document.caretRangeFromPoint?.(x, y);
    return `${caret?.offsetNode?.textContent ?? ""} ${range?.startContainer?.textContent ?? ""}`;
  };
  const around = (host) => {
    const range = document.createRange();
    range.selectNode(host);
    selection().removeAllRanges();
    selection().addRange(range);
    const composed = selection().getComposedRanges?.({ shadowRoots: [] }) ?? [];
    return [String(selection()), range, range.cloneContents().textContent, selection().getRangeAt(0),
      ...composed.map((one) => one.startContainer.textContent)].join(" ");
  };
  const within = (host) => {
    const range = document.createRange();
    range.selectNodeContents(host);
    selection().removeAllRanges();
    selection().addRange(range);
    return [String(selection()), range.toString(), range.cloneContents().textContent].join(" ");
  };
  const styles = (host) => ["", "::before", "::after", "::marker", "::part(word)"]
    .map((pseudo) => { const style = getComputedStyle(host, pseudo || null); return `${style.content} ${style.font}`; }).join(" ");
  const copied = () => {
    let text = "";
    const hear = (event) => { text += `${selection()} ${event.clipboardData?.getData("text/plain")}`; };
    addEventListener("copy", hear, true);
    document.execCommand("selectAll");
    document.execCommand("copy");
    removeEventListener("copy", hear, true);
    return `${text} ${selection()}`;
  };

  /** probe -> what it read, all as text. */
  function gather(words) {
    const each = (read) => quietly(() => hosts().map(read).join("\n"));
    const found = {
      find: quietly(() => words.filter((word) => {
        selection().removeAllRanges();
        return window.find(word, false, false, true, false, false, false);
      }).join(" ")),
      "find and extend": quietly(() => words.map((word) => {
        selection().removeAllRanges();
        if (!window.find(word.slice(0, 2), false, false, true, false, false, false)) return "";
        for (const unit of ["word", "line"]) selection().modify("extend", "forward", unit);
        return String(selection());
      }).join(" ")),
      "select all children": quietly(() => { selection().selectAllChildren(document.body); return selection(); }),
      "select all and copy": quietly(copied),
      "range around": each(around),
      "range inside": each(within),
      "elements from point": each((host) => points(host, textAt)),
      "caret from point": each((host) => points(host, caretAt)),
      "inner text": each((host) => `${host.innerText} ${host.textContent} ${host.parentElement?.innerText}`),
      html: each((host) => `${host.outerHTML} ${host.getHTML?.({ serializableShadowRoots: true })} ${host.cloneNode(true).outerHTML}`),
      serializer: quietly(() => new XMLSerializer().serializeToString(document)),
      "computed style": each(styles),
      "style sheets": quietly(() => [...document.styleSheets, ...(document.adoptedStyleSheets ?? [])]
        .flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join(" ")),
      accessibility: each((host) => `${host.ariaLabel} ${host.title} ${host.role} ${host.computedName} ${host.computedRole}
        ${window.getComputedAccessibleNode} ${host.getAttribute("aria-label")}`),
      performance: JSON.stringify([...performance.getEntries(), ...entries]),
      frames: JSON.stringify([window.length, document.querySelectorAll("iframe").length, quietly(() => frames[0]?.location),
        [...document.querySelectorAll(":has(iframe)")].length, quietly(() => window["mutuals"]?.location)]),
      history: JSON.stringify([history.length, (window.navigation?.entries() ?? []).map(({ url }) => url)]),
      reports: reports.join("\n"),
    };
    for (const unit of ["character", "word", "line", "paragraph", "documentboundary"]) {
      found[`modify by ${unit}`] = each((host) => walk(host, unit));
    }
    selection().removeAllRanges();
    return found;
  }

  /** Fonts of our own under names that somebody may ask for: the browser fetches one when the letter is drawn in it. */
  function fonts() {
    const names = ["system-ui", "sans-serif", "serif", "monospace", "ui-sans-serif", "-apple-system", "BlinkMacSystemFont",
      "Segoe UI", "Roboto", "Helvetica", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans", "TwitterChirp", "Times"];
    const style = document.createElement("style");
    style.textContent = names.flatMap((name, at) => [`"${name}"`, name].map((family, form) =>
      `@font-face{font-family:${family};src:url(/probe-font-${at}-${form}.woff2);unicode-range:U+0416}`)).join("\n");
    document.head.append(style);
  }

  /** The same text as a page would write it: what the probes must find, or they prove nothing. */
  function plant(text) {
    const node = document.createElement("div");
    node.dataset.planted = "";
    node.style.cssText = "font:16px TwitterChirp;position:relative;z-index:9;background:Canvas";
    node.textContent = text;
    document.body.prepend(node);
    scrollTo(0, 0);
  }

  const sizes = () => hosts().map((host) => [host.dataset.mutuals, host.offsetWidth, host.offsetHeight]);

  window.Spy = { log, reports, ports, tampered, gather, fonts, plant, sizes };
})();
