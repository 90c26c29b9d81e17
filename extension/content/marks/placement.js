// Inserts, updates and removes the extension's elements in X's page; never changes X's own nodes.
"use strict";

const Placement = (() => {
  /** @type {WeakMap<Element, Leaf[]>} rows are recycled: the person of a slot is read anew in every sweep */
  const bySlot = new WeakMap();
  /** @type {Set<Leaf>} */
  const live = new Set();
  let sweep = 0;
  /** @type {Record<string, (spot: Spot, badge: Badge | null) => Leaf["view"] & {host: HTMLElement} | null>} */
  const forms = {
    badge: (spot, badge) => badge && Mark.create(spot, badge),
    line: (spot, badge) => HoverLine.create(spot, badge),
  };

  /**
   * Adds a form of leaf that a file loaded later draws.
   * @param {string} form
   * @param {(spot: Spot) => Leaf["view"] & {host: HTMLElement}} draw
   */
  function addForm(form, draw) {
    forms[form] = draw;
  }

  /** @param {Spot} spot @returns {Leaf | undefined} */
  function existing(spot) {
    const handle = People.fold(spot.handle);
    return bySlot.get(spot.slot)?.find((leaf) => leaf.handle === handle && leaf.form === spot.form);
  }

  /** @param {Spot} spot @param {Badge | null} badge @returns {Leaf | null} */
  function add(spot, badge) {
    const made = (spot.make ?? forms[spot.form])(spot, badge);
    if (!made) return null;
    const leaf = {
      slot: spot.slot, handle: People.fold(spot.handle), form: spot.form, host: made.host, drawn: badge, sweep,
      view: made,
    };
    live.add(leaf);
    bySlot.set(spot.slot, [...(bySlot.get(spot.slot) ?? []), leaf]);
    return leaf;
  }

  /**
   * Puts a host into its slot. One that is parked in the page is moved in one step, for a frame in it lives on then.
   * @param {HTMLElement} host @param {Element} slot
   */
  function put(host, slot) {
    const target = /** @type {Element & {moveBefore?: (node: Node, before: Node | null) => void}} */ (slot);
    if (host.isConnected && target.moveBefore) target.moveBefore(host, null);
    else slot.append(host);
  }

  /** @param {Leaf} leaf */
  function remove(leaf) {
    leaf.view.destroy?.();
    leaf.host.remove();
    live.delete(leaf);
    const others = (bySlot.get(leaf.slot) ?? []).filter((one) => one !== leaf);
    if (others.length > 0) bySlot.set(leaf.slot, others);
    else bySlot.delete(leaf.slot);
  }

  /** @param {Leaf} leaf @param {Badge | null} badge */
  function redraw(leaf, badge) {
    if (badge === leaf.drawn) return;
    leaf.drawn = badge;
    leaf.view.update?.(badge);
  }

  /** @param {Spot} spot */
  function place(spot) {
    const badge = BadgeCache.get(spot.handle) ?? null;
    if (spot.form === "badge" && !(badge && Mark.says(badge))) return; // strangers get nothing
    // X says as much in that narrow row
    if (spot.first && badge && Wording.mark(badge) === Wording.followWord(badge)) return;
    const leaf = existing(spot) ?? add(spot, badge);
    if (!leaf) return;
    leaf.sweep = sweep;
    if (leaf.host.parentNode !== spot.slot) put(leaf.host, spot.slot);
    redraw(leaf, badge);
  }

  /**
   * Draws all spots and removes every element whose person is no longer on screen.
   * @param {Spot[]} spots
   */
  function render(spots) {
    sweep += 1;
    for (const spot of spots) place(spot);
    for (const leaf of live) if (leaf.sweep !== sweep) remove(leaf);
  }

  /** Removes all elements of the extension from the page. */
  function clear() {
    for (const leaf of [...live]) remove(leaf);
  }

  return { render, clear, addForm, count: () => live.size };
})();
Object.assign(globalThis, { Placement });
