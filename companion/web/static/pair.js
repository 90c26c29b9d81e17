// The pairing page: loads itself again until the extension, once it is there, takes the tab over.
const PAUSE_MS = 4000;

setTimeout(() => location.reload(), PAUSE_MS);
