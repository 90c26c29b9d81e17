// Feature: the card under a profile's header, as the last child of that header.
"use strict";
(() => {
  FeatureRegistry.add({
    id: "profile",
    on: (page) => page.handle !== null && page.kind === "profile" && !Viewer.isSelf(page.handle),
    spots: (page) => {
      const handle = page.handle;
      const block = Selectors.one(document, "profileName");
      // The header is drawn before its content, and for a moment still shows the person before.
      if (!handle || !block || Reader.headerHandle(block) !== People.fold(handle)) return [];
      const slot = Reader.headerOf(block);
      if (!slot || Selectors.one(slot, "profileOwn")) return [];
      return [{ slot, handle, form: "card", about: () => ({ id: Reader.followState(slot).id }) }];
    },
  });
})();
