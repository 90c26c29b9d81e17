// Types shared by content scripts and card: read by the type checker only, loaded by no page.

// card/actions.js
/**
 * @typedef {object} CardAction
 * @property {string} id
 * @property {string} label     key in _locales
 * @property {string} [key]     one letter, live only while the focus is in the card and in no field
 * @property {boolean} [bare]   whether its button shows the key alone
 * @property {number} order     place in the row, small first
 * @property {(card: PersonCard) => boolean} [fits] whether it makes sense for this person; always, if left out
 * @property {(card: PersonCard) => void} run
 */

// card/editor.js
/**
 * @typedef {object} EditorWork
 * @property {(text: string, base: number | null, saw: string) => Promise<{rev: number | null, state: "saved" |
 *   "queued"}>} send
 * @property {(words: string, failed: boolean) => void} say  what the live region of the card says
 * @property {() => Element | null} footer  the small line under the note
 * @property {(draft: {text: string, base: number | null, saw: string}) => void} draft  keeps what is being typed
 * @property {() => void} settled  the text is saved, or given up: its draft may go
 */

// card/editor_state.js
/**
 * @typedef {object} EditorState
 * @property {"loading" | "viewing" | "editing" | "conflict"} mode
 * @property {string} stored   the text last known to be kept
 * @property {string} draft    the text in the box
 * @property {string} before   the text when this edit began, which Escape brings back
 * @property {number | null} rev revision of `stored` at the companion, null when it has none yet
 * @property {string | null} sending the text on its way, null when nothing is
 * @property {boolean} due     whether a newer text is to be saved as soon as that one is back
 * @property {"" | "saved" | "queued" | "failed" | "saving" | "long"} status what the live region says
 * @property {string} why      reason of a failure, for people
 * @property {{text: string, rev: number} | null} theirs the other text of a conflict
 */
/**
 * @typedef {{type: "loaded", text: string, rev: number | null} | {type: "edit"} | {type: "type", text: string} | {type:
 * "pause"}
 *   | {type: "blur"} | {type: "leave"} | {type: "revert"} | {type: "sent", text: string, rev: number | null, state:
 *   "saved" | "queued"}
 *   | {type: "failed", why: string} | {type: "conflict", text: string, rev: number} | {type: "keep", text: string}}
 *   EditorEvent
 */
/** @typedef {{state: EditorState, send: {text: string, base: number | null, saw: string} | null}} Step */

// card/session.js and content/frame/card_frame.js
/** @typedef {{theme: Theme, size: number}} FrameLook `size`: X's text size in px */
/** @typedef {OverlayAsk & {act?: string}} FrameAsk `act`: key of an action to run; "" only takes the focus */
/**
 * What the page around says to a frame; never a private word.
 * @typedef {{show?: {token: string, look: FrameLook, act?: string}, look?: FrameLook, act?: string, unreached?: true,
 *   leave?: true, ping?: number, moved?: true, open?: boolean, typed?: string, at?: number}} ToFrame
 * `moved`: X's page moved the frame; `open`: whether the part that `sight` named lies open to the eye;
 * `typed`: a key that the browser still gave to the page after the frame had got the focus; `at`: when it was pressed,
 *   in ms of the wall clock
 */
/**
 * What a frame says to the page around; never a private word.
 * @typedef {{ready?: true, drawn?: true, refused?: true, height?: number, scheme?: "light" | "dark", escape?: true,
 *   close?: true, reach?: string, pong?: number, pointer?: boolean, sight?: number[]}} FromFrame
 * `pointer`: whether the pointer is over the frame; `sight`: left, top, width and height of a control in it, in px
 */

// content/features/registry.js
/**
 * One place on X's page that gets an element of the extension.
 * @typedef {object} Spot
 * @property {Element} slot   host node that gets our one leaf as its last child
 * @property {string} handle  whose place it is now, as X writes it
 * @property {string} form    badge, line, card, mirror, vet or queue
 * @property {(spot: Spot, badge: Badge | null) => {host: HTMLElement, update?: (badge: Badge | null) => void, destroy?:
 *   () => void}} [make]
 *   what draws it, for forms that a feature brings along
 * @property {() => {id?: string | null, post?: string | null}} [about] what else the page shows here, asked only when a
 *   card opens: the
 *   person's numeric id, the post it stands in
 * @property {boolean} [named]      show the handle in the mark: several people share one slot
 * @property {boolean} [first]      shown before X's own words in the row, where its end is cut off
 */
/**
 * @typedef {object} Feature
 * @property {string} id        file name and option name
 * @property {(page: PageView) => boolean} on  whether this feature has anything to do on this page
 * @property {(page: PageView) => Spot[]} spots reads the page, changes nothing
 */

/**
 * How a card opens.
 * @typedef {object} OpenHow
 * @property {{clientX: number, clientY: number}} [at] where the click was: the card stays there
 * @property {string} [act] key of one of the card's actions, run once the card is loaded
 */

// content/x/observer.js
/**
 * @typedef {object} PageView
 * @property {string} kind as People.page says: profile, home, status, search, followers, following, notifications,
 *   list, other
 * @property {string | null} handle whose page it is, where the address says so
 * @property {string} path
 * @property {AbortSignal} [signal] aborted when the user leaves this page of X; none before the first look at it
 */

// content/marks/placement.js
/**
 * @typedef {object} Leaf
 * @property {Element} slot
 * @property {string} handle lower case
 * @property {string} form
 * @property {HTMLElement} host
 * @property {Badge | null} drawn what was last drawn, to leave an unchanged leaf alone
 * @property {number} sweep number of the last sweep that asked for it
 * @property {{update?: (badge: Badge | null) => void, destroy?: () => void}} view
 */

// content/x/reader.js
/**
 * @typedef {{id?: string | null, handle: string, name?: string, bio?: string, location?: string, link?: string | null,
 * avatar?: string | null,
 *   follows_me?: boolean | null, i_follow?: boolean | null, protected?: boolean, header?: boolean}} ReadPerson
 * @typedef {{id: string, author_handle: string, text?: string, at?: number, mentions: string[], links: string[],
 * repost_by?: string,
 *   quote_handle?: string, favorited?: boolean, retweeted?: boolean, promoted?: boolean}} ReadPost
 * @typedef {{kind: "dom", at: number, url: string, page: string, people: ReadPerson[], posts: ReadPost[]}} Reading
 */

// content/x/selector_table.js
/**
 * One place on X's page. `css` is tried in order, the first that finds something wins; `pages` are the page
 * kinds on which the place must exist (the doctor counts these); `note` says how to read it and where it is known from.
 * companion/sources/saved_page.py reads the very same table, so it stays strict JSON between the two marks.
 * @typedef {{css: string[], pages?: string[], note: string}} Place
 */

// card/tags.js
/**
 * @typedef {object} TagsWork
 * @property {(tags: string[]) => Promise<void>} save
 * @property {(words: string, failed: boolean) => void} say  what the live region of the card says
 * @property {() => Promise<Tag[]>} all  every tag there is, for the autocomplete; the companion gives each its colour
 */

// content/x/tap_bridge.js
/** @typedef {{viewer: ViewerKey, seen: SeenText[]}} Batch */

// lib/store.js
/**
 * @typedef {object} Options
 * @property {number} port               the companion's port
 * @property {boolean} tap               listen to the JSON that X's page loads
 * @property {Record<string, boolean>} features  feature id -> on; a feature that is not named is on
 * @property {boolean} hidden            everything of the extension on the page is hidden
 * @property {boolean} blur              notes are blurred until pointed at, for shared screens
 * @property {boolean} [lists]           the panel begins with the user's lists; also where it is not said
 * @property {boolean} [time]            time by kind of page is measured; also where it is not said
 * @property {boolean} toolbar           show the number of waiting changes on the toolbar
 * @property {string} language           folder of the catalogue that was chosen; empty: the browser's
 * @property {string} palette            the key that opens the search on X's page; empty: none
 * @property {Record<string, string>} selectors  the user's own replacement for a place on X's page
 */
/** @typedef {{options?: Options, people?: PersonKey[]}} StoreChange */
/** @typedef {{badge: Badge | null, card?: Card, at: number}} CachedPerson */
/**
 * @typedef {Api["write.put"]["params"]} Draft one change, with the id that makes a repeat a no-op and the time in ms
 */
