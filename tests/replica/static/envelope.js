// Reads X's timeline envelope into the rows that the page shows, and remembers the cursor of the next page.
"use strict";
(() => {
  const { takeUser, takePost } = window.Replica;

  /** Finds the `instructions` array wherever the operation keeps it. */
  function instructions(node, depth = 0) {
    if (!node || typeof node !== "object" || depth > 8) return null;
    if (Array.isArray(node.instructions)) return node.instructions;
    for (const inner of Object.values(node)) {
      const found = instructions(inner, depth + 1);
      if (found) return found;
    }
    return null;
  }

  function row(content, entryId, extra) {
    if (content.tweet_results) {
      const post = takePost(content.tweet_results.result);
      return post && { key: `${entryId}/${post.id}`, kind: "post", post: post.id, promoted: Boolean(content.promotedMetadata), ...extra };
    }
    if (content.user_results) return { key: entryId, kind: "person", person: takeUser(content.user_results.result).id };
    if (content.itemType !== "TimelineNotification") return null;
    const actors = content.template.from_users.map((one) => takeUser(one.user_results.result).id);
    return { key: entryId, kind: "notice", actors, icon: content.notification_icon, text: content.rich_message.text, at: new Date(Number(content.timestamp_ms)) };
  }

  function rowsOf(entry) {
    const { content } = entry;
    if (content.itemContent) return [row(content.itemContent, entry.entryId, {})];
    if (!content.items) return [];
    return content.items.map((one, index) =>
      row(one.item.itemContent, one.entryId, { joined: index > 0, joins: index < content.items.length - 1 }));
  }

  /** Returns `{rows, cursor}`; cursor is null at the end of the list. */
  function readTimeline(json) {
    const rows = [];
    let cursor = null;
    for (const one of instructions(json.data) ?? []) {
      if (one.type === "TimelinePinEntry") rows.push(...rowsOf(one.entry).map((pinned) => ({ ...pinned, key: `pin/${pinned.key}`, pinned: true })));
      for (const entry of one.entries ?? []) {
        if (entry.content.cursorType === "Bottom") cursor = entry.content.value;
        rows.push(...rowsOf(entry));
      }
    }
    return { rows: rows.filter(Boolean), cursor: cursor?.startsWith("0|") ? null : cursor };
  }

  Object.assign(window.Replica, { readTimeline });
})();
