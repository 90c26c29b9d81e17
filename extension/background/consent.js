// Whether the user lets data go to the companion (Firefox asks; Chromium does not), and what the link says without it.
import { link, setLink } from "./status.js";

/** @type {Promise<boolean> | null} */
let known = null;

/** @returns {Promise<boolean>} asked of the browser once in the life of this background */
export function consented() {
  known ??= Consent.granted();
  return known;
}

/** Learns that the user gave a permission or took one back, and says at once how the link stands. */
export async function permissionsChanged() {
  known = null;
  const { state } = await link();
  if (!(await consented())) {
    if (state !== "unpaired") await setLink({ state: "consent", message: Dom.t("link_consent") });
  } else if (state === "consent") {
    await setLink({ state: "connected", message: "" });
  }
}
