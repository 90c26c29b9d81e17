// Types of all messages and the data in them: read by the type checker only, loaded by no page.

/**
 * @typedef {"profile" | "home" | "status" | "search" | "followers" | "following" | "notifications" | "list" | "other"}
 *   PageKind
 */
/** @typedef {{id: string | null, handle: string | null}} ViewerKey */
/** @typedef {{id?: string | null, handle?: string | null}} PersonKey */
/**
 * @typedef {object} Badge  the data of a mark beside a name
 * @property {string | null} id @property {string} handle @property {string | null} name
 * @property {number | null} score @property {string} state @property {string | null} band
 * @property {boolean} note @property {string[]} tags @property {string | null} alias
 * @property {boolean | null} follows_me @property {boolean | null} i_follow
 * @property {number} you @property {number | null} they
 * @property {number | null} last_in @property {number | null} last_out
 * @property {string | null} was @property {number | null} at
 * @property {string | null} [decision] the latest after vetting: follow_back, wait, no
 */
/** @typedef {{name: string, colour?: string | null, count?: number}} Tag */
/**
 * @typedef {{text: string, rev: number, at: number, viewer: string | null, post: string | null, versions: number,
 *   by?: string | null}} Note  `by`: the other device that wrote it, in words
 */
/** @typedef {{at: number, kind: string, post: string | null}} LastContact */
/**
 * @typedef {object} Judgement
 * @property {number | null} value @property {string} state @property {string | null} band @property {number | null} was
 * @property {number} confidence @property {{you: number, they: number}} balance
 * @property {{code: string, params: Record<string, string | number>}[]} reasons @property {string} sentence
 */
/**
 * @typedef {{place: string | null, sure: boolean | null, via: string | null, renames: number | null,
 *   renamed_at: number | null}} AboutAccount  as X's page about the account says
 * @typedef {{item: string, rev: number | null, words: string, day: string | null, over: boolean, done: object | null,
 *   undo: Record<string, string>}} NextStep  `done`, `undo`: bodies to write; `done` is null while one that comes again
 *   waits for the companion
 */
/**
 * @typedef {Omit<Badge, "note" | "tags" | "decision"> & {
 *   note: Note | null, tags: Tag[], tags_rev: number, alias_rev: number,
 *   former: {handle: string, until: number}[], recycled: {handle: string, id: string | null, name: string | null} |
 *   null,
 *   relation: Record<string, {value: boolean | number | null, source: string, at: number}>, judgement: Judgement,
 *   trend: [number, number][], last: {in?: LastContact | null, out?: LastContact | null},
 *   seen: {first: number | null, last: number | null}, coverage: {inbound_since: number | null},
 *   next_step?: NextStep | null, contact_due?: string | null, live?: boolean,
 *   chat_now?: {tag: string, until: number, they: number, you: number} | null,
 *   decision?: Decision | null, habits?: {code: string, count: number, of: number}[], about?: AboutAccount | null,
 *   pending?: boolean
 * }} Card  everything that the card under a profile shows; `pending` while a change waits for the companion
 */
/**
 * @typedef {object} Decision  `again`: why it is worth asking again: due, or what changed (bio, name, photo)
 * @property {string} item
 * @property {"follow_back" | "wait" | "no"} decision
 * @property {number} at
 * @property {number | null} days
 * @property {string[]} reasons
 * @property {string} text
 * @property {string | null} post
 * @property {string} sentence
 * @property {string} again
 * @property {string} [news] the same in words
 */
/** @typedef {{text: string, url: string}} VetExample */
/** @typedef {{text: string, level?: string, examples?: VetExample[]}} VetPiece */
/** @typedef {{name: string, pieces: VetPiece[], end?: string}} VetRow */
/**
 * @typedef {object} VetReport  the companion's report: the verdict with its line, then the facts in rows
 * @property {string | null} id @property {string} handle @property {string | null} name
 * @property {"welcome" | "look_closer" | "better_not" | "cant_tell"} verdict
 * @property {string} line
 * @property {string | null} kind
 * @property {number} score 0 to 1
 * @property {VetRow[]} rows
 * @property {string[]} missing
 * @property {number | null} looked_at
 * @property {boolean} [look_due] a link or photo is known that was not looked at
 * @property {string} fingerprint
 * @property {Decision | null} decision
 * @property {Decision[]} history
 * @property {number} wait_days
 * @property {boolean} own
 * @property {"follow_back" | "wait" | "no" | null} main the button drawn filled
 */
/**
 * @typedef {[tag: string, props: Record<string, any>, ...inside: any[]] | string} Tree nodes as data: what is inside
 *   are trees
 */
/**
 * @typedef {{id: string | null, handle: string, fingerprint: string, wait_days: number, tree: Tree}} Vetted the report
 *   laid out
 */
/** @typedef {{decision: string, reasons: string[], days?: number, text?: string, looked_at: string}} VetDecision */
/**
 * @typedef {{decide: (body: VetDecision) => void, undo: () => void, more: () => Promise<{words: string, report:
 *   Vetted}>}} VetWork
 */
/**
 * @typedef {{node: HTMLElement, update: (report: Vetted) => void, press: (key: string) => boolean}} VetShown `press`: 1
 *   to 9, Z
 */
/** @typedef {{op: string, url: string, at: number, text: string, request?: string}} SeenText */
/**
 * @typedef {{count: number, of: number, share: number | null}} Rate `share` is null where there is too little to say
 */
/**
 * @typedef {object} Relationship  counted from the interactions; `reached` is null where it is not known
 * @property {Rate} they_answer @property {Rate} you_answer @property {Rate} you_start @property {Rate} active
 * @property {{name: string, count: number}[]} places  where they talked, the most first
 * @property {string[]} marks @property {{name: string, reached: boolean | null, at: number | null}[]} stages
 */
/**
 * @typedef {object} HistoryLine  one line of the history
 * @property {number} at @property {"in" | "out" | "both"} direction @property {string} kind @property {string} source
 * @property {string | null} post @property {boolean} partial @property {boolean} automatic @property {string} ref
 * @property {string | null} chat @property {string} words what the user wrote about a touch
 * @property {string | null} [day] the day that a touch was dated with
 */
/**
 * @typedef {{tag: string, start: number, end: number, running: boolean, path: string,
 *   people: {badge: Badge, they: number, you: number}[]}} ChatNow  a chat that runs or has just ended
 */
/** @typedef {{id: string, name: string, count: number}} PeopleList  `name` is empty for a supplied one */
/**
 * @typedef {{name: string, words: string, text: string, gaps: string[]}} MessageDraft something to say, as the page of
 *   the person has it
 */
/**
 * @typedef {{rev: number, text: string, at: number, viewer: string | null, conflict?: boolean, by?: string | null}}
 *   NoteVersion
 */
/** @typedef {"connected" | "unreachable" | "unpaired" | "version" | "permission" | "consent" | "foreign"} LinkState */
/** @typedef {{op: string, kind: string, handle: string | null, reason: string, at: number}} Parked */
/**
 * @typedef {object} Status  what the last acknowledged write and the last call say, not a boolean
 * @property {LinkState} state @property {{at: number, op: string} | null} last_ack @property {number} waiting
 * @property {Parked[]} parked @property {string} message @property {number} unread pages that were not taken in
 */
/**
 * @typedef {{page: string, at: number, counts: Record<string, number>, anchor: Record<string, number>, tap: boolean,
 *   failing: string[], client?: "classic" | "x-web" | null}} PlaceCounts  `client`: which of X's drew the page
 */
/** @typedef {{card: Card, fresh: boolean, status: Status}} PersonAnswer */
/**
 * @typedef {Pick<Badge, "alias" | "tags" | "note" | "follows_me" | "i_follow"> &
 *   Pick<Judgement, "value" | "state" | "was" | "confidence" | "sentence">} LineFacts what X's hover card gets to show
 */
/**
 * @typedef {object} OverlayAsk  what a frame on X's page is opened for
 * @property {"card" | "dialog" | "queue" | "palette" | "mirror" | "why"} purpose
 * @property {ViewerKey} viewer
 * @property {PersonKey} person
 * @property {string | null} [post] the post that it was opened from
 */
/**
 * @typedef {{
 *   "badges.get": {params: {viewer: ViewerKey, handles: string[]}, result: {badges: Record<string, Badge | null>}},
 *   "person.get": {params: {viewer: ViewerKey, person: PersonKey}, result: PersonAnswer},
 *   "line.get": {params: {viewer: ViewerKey, person: PersonKey}, result: LineFacts},
 *   "overlay.expect": {params: {token: string} & OverlayAsk, result: {ok: true}},
 *   "overlay.claim": {params: {token: string}, result: OverlayAsk & {post: string | null, first: PersonAnswer | null}},
 *   "write.put": {params: {op: string, at: number, viewer: ViewerKey, kind: string, person: PersonKey, body: object,
 *   base: number | null, saw?: string},
 *                 result: {op: string, rev: number | null, state: "saved" | "queued"}},
 *   "vet.get": {params: {viewer: ViewerKey, person: PersonKey, look: boolean, looking: boolean}, result: Vetted},
 *   "vet.more": {params: {viewer: ViewerKey, person: PersonKey}, result: {words: string, report: Vetted}},
 *   "vet.queue": {params: {viewer: ViewerKey},
 *     result: {people: {badge: Badge, since: number, before: Decision | null}[], waiting: number, decided_today:
 *     number, whole: boolean}},
 *   "vet.waiting": {params: {viewer: ViewerKey},
 *     result: {open: boolean, waiting: number, decided_today: number, whole: boolean}},
 *   "vet.followers": {params: {viewer: ViewerKey, show: string, sort: string},
 *     result: {people: Badge[], total: number}},
 *   "vet.topics": {params: {topics: string[] | null}, result: {topics: string[]}},
 *   "relationship.get": {params: {viewer: ViewerKey, person: PersonKey}, result: Relationship},
 *   "drafts.get": {params: {viewer: ViewerKey, person: PersonKey}, result: {drafts: MessageDraft[]}},
 *   "history.get": {params: {viewer: ViewerKey, person: PersonKey, before: number | null, limit: number},
 *     result: {lines: HistoryLine[], before: number | null}},
 *   "history.remove": {
 *     params: {viewer: ViewerKey, person: PersonKey} & Pick<HistoryLine, "at" | "direction" | "kind" | "ref">,
 *     result: {line: HistoryLine | null}},
 *   "history.restore": {params: {viewer: ViewerKey, person: PersonKey, line: HistoryLine},
 *     result: {restored: boolean}},
 *   "versions.get": {params: {viewer: ViewerKey, person: PersonKey}, result: {versions: NoteVersion[]}},
 *   "search.find": {params: {viewer: ViewerKey | null, q: string, limit: number},
 *     result: {people: (Badge & {where?: string, excerpt?: string})[]}},
 *   "recent.get": {params: {viewer: ViewerKey | null, limit: number}, result: {people: Badge[]}},
 *   "chats.get": {params: {viewer: ViewerKey}, result: {chats: ChatNow[]}},
 *   "lists.get": {params: {viewer: ViewerKey, list: string, discussion: boolean},
 *     result: {lists: PeopleList[], shown: string, people: Badge[], left_out: number}},
 *   "tags.get": {params: {}, result: {tags: Tag[]}},
 *   "person.forget": {params: {viewer: ViewerKey | null, person: PersonKey}, result: {forgotten: boolean}},
 *   "sightings.add": {params: {viewer: ViewerKey, seen: SeenText[], readings: object[]}, result: {ok: true}},
 *   "status.get": {params: {}, result: Status},
 *   "pair": {params: {code: string} | {offered: true}, result: {instance: string}},
 *   "pair.found": {params: {secret: string}, result: {ok: boolean}},
 *   "pair.offer": {params: {}, result: {fingerprint: string, port: number} | null},
 *   "unpair": {params: {}, result: {ok: true}},
 *   "options.get": {params: {}, result: Options},
 *   "options.set": {params: Partial<Options>, result: Options},
 *   "queue.retry": {params: {}, result: Status},
 *   "queue.drop": {params: {op: string}, result: Status},
 *   "page_health.report": {params: {counts: PlaceCounts}, result: {ok: true}},
 *   "page_health.get": {params: {}, result: {visits: PlaceCounts[], log: LogLine[],
 *     version: string, dropped: number}},
 *   "time.wipe": {params: {}, result: {ok: true}},
 *   "dashboard.open": {params: {path?: string}, result: {ok: true}},
 *   "browser.export": {params: {}, result: {held: Record<string, unknown>}},
 * }} Api
 */
/** @typedef {{at: number, where: string, message: string, times: number}} LogLine */
