// Draws the counted facts of a relationship: stages reached, who answers and starts, reasons of the score.
"use strict";

const Facts = (() => {
  const RATES = /** @type {const} */ (["they_answer", "you_answer", "you_start", "active"]);
  const WHY = ["days_they_wrote", "days_you_wrote", "days_both_wrote", "light_days", "inbound_seen_since"];
  const NEXT = ["would_need_days", "if_they_write_today", "if_silent_for_days"];

  /** @param {Rate} rate @returns {string} */
  function share({ count, of, share: part }) {
    const percent = part === null ? Dom.t("factFew") : `${Math.round(100 * part)}%`;
    return `${Dom.t("factOf", [String(count), String(of)])} · ${percent}`;
  }

  /** @param {Judgement["reasons"][number]} reason @returns {string} */
  function sentence({ code, params }) {
    const values = Object.keys(params)
      .sort()
      .map((name) => (name === "at" ? Times.when(Number(params.at)) : String(params[name])));
    return Plural.count(`reason_${code}`, Number(params.days), values);
  }

  /** @param {Relationship["stages"][number]} stage @returns {Element} a stage: reached, not reached or unknown */
  function step({ name, reached, at }) {
    const how = reached === null ? "unknown" : reached ? "yes" : "no";
    const text = reached && at ? Times.when(at) : Dom.t(`stageIs_${how}`);
    return Dom.h(
      "li",
      { class: how, title: text },
      Dom.t(`stage_${name}`),
      Dom.h("span", { class: "sr" }, ` (${text})`),
    );
  }

  /** @param {Card} card @param {Relationship} relationship @returns {Element[]} */
  function create(card, relationship) {
    const why = (/** @type {string[]} */ codes) =>
      (card.judgement?.reasons ?? [])
        .filter((one) => codes.includes(one.code))
        .map(sentence)
        .join(" ");
    const rows = [
      ...RATES.filter((name) => relationship[name].of > 0).map((name) => [
        Dom.t(`fact_${name}`),
        share(relationship[name]),
      ]),
      [Dom.t("factPlaces"), relationship.places.map((one) => `${Dom.t(`place_${one.name}`)} ${one.count}`).join(" · ")],
      [Dom.t("factKind"), relationship.marks.map((mark) => Dom.t(`relationMark_${mark}`)).join(" ")],
      [Dom.t("factWhy"), why(WHY)],
      [Dom.t("factNext"), why(NEXT)],
    ].filter(([, text]) => text);
    return [
      Dom.h("ol", { class: "stages", "aria-label": Dom.t("stagesLabel") }, ...relationship.stages.map(step)),
      Dom.h("dl", {}, ...rows.flatMap(([name, text]) => [Dom.h("dt", {}, name), Dom.h("dd", {}, text)])),
    ];
  }

  return { create };
})();
Object.assign(globalThis, { Facts });
