// A small virtual DOM that patches nodes in place the way React does, foreign nodes and all, and delegates events to the root.
"use strict";
window.Replica = {};
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const handlers = new WeakMap();

  /** Makes a virtual node; children may be nested arrays, strings, or empty. */
  function h(tag, props, ...children) {
    const kept = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
    return { tag, props: props ?? {}, children: kept.map((child) => (typeof child === "object" ? child : String(child))) };
  }

  const onlyText = (node) => node.children.length === 1 && typeof node.children[0] === "string";

  function create(virtual, space) {
    if (typeof virtual === "string") return document.createTextNode(virtual);
    const inner = virtual.tag === "svg" ? SVG : space;
    const dom = inner ? document.createElementNS(inner, virtual.tag) : document.createElement(virtual.tag);
    virtual.dom = dom;
    attributes(dom, {}, virtual.props);
    virtual.kids = virtual.children.map((child) => dom.appendChild(create(child, inner)));
    return dom;
  }

  function attributes(dom, before, after) {
    for (const name of Object.keys(before)) if (!(name in after) && !name.startsWith("on")) dom.removeAttribute(name);
    const own = {};
    for (const [name, value] of Object.entries(after)) {
      if (name === "key" || (name === "data-testid" && window.__INITIAL_STATE__?.bare)) continue;
      if (name.startsWith("on")) own[name.slice(2)] = value;
      else if (value === false || value === null || value === undefined) dom.removeAttribute(name);
      else if (before[name] !== value) dom.setAttribute(name, value === true ? "" : value);
    }
    handlers.set(dom, own);
  }

  /** Sets text as React does: in place if the only child is a text node, else everything inside is replaced. */
  function setText(dom, virtual, text) {
    const first = dom.firstChild;
    if (first && first === dom.lastChild && first.nodeType === Node.TEXT_NODE) first.nodeValue = text;
    else dom.textContent = text;
    virtual.kids = [dom.firstChild];
  }

  /** Makes the DOM of `before` look like `after`, reusing nodes wherever the tag is the same. */
  function patch(before, after) {
    const dom = before.dom;
    after.dom = dom;
    attributes(dom, before.props, after.props);
    if (onlyText(after) && (onlyText(before) || before.children.length === 0)) {
      if (before.children[0] !== after.children[0]) setText(dom, after, after.children[0]);
      else after.kids = before.kids;
      return;
    }
    children(dom, before, after);
  }

  function children(dom, before, after) {
    const space = dom.namespaceURI === SVG ? SVG : undefined;
    after.kids = after.children.map((child, index) => {
      const old = before.children[index];
      const node = before.kids[index];
      if (old === undefined) return dom.appendChild(create(child, space));
      if (typeof child === "string" && typeof old === "string") {
        if (child !== old) node.nodeValue = child;
        return node;
      }
      if (typeof child === "object" && typeof old === "object" && child.tag === old.tag && child.props.key === old.props.key) {
        patch(old, child);
        return node;
      }
      const fresh = create(child, space);
      dom.replaceChild(fresh, node);
      return fresh;
    });
    for (const gone of before.kids.slice(after.children.length)) dom.removeChild(gone);
  }

  /** Draws a tree into a root; the next call patches it. */
  function draw(root, tree) {
    if (root.replicaTree) patch(root.replicaTree, tree);
    else {
      root.replaceChildren(create(tree));
      for (const kind of ["click", "mouseover", "mouseout", "keydown", "input"]) root.addEventListener(kind, dispatch);
    }
    root.replicaTree = tree;
  }

  function dispatch(event) {
    for (let node = event.target; node && node !== event.currentTarget; node = node.parentNode) {
      const handler = handlers.get(node)?.[event.type];
      if (handler && handler(event) !== "on") return;
    }
  }

  Object.assign(window.Replica, { h, draw, create, patch });
})();
