// Lays the function that outlines a page where a test can reach it.
import { outline } from "../../../extension/pages/page_outline.js";

Object.assign(globalThis, { outline });
