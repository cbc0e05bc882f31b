// A figure is shown as current only while its kernel answers. The page's program talks to the kernel
// through WebSocket; this looks at what is sent and heard, and says when the connection has ended.
(() => {
  const LATE = 4000, PATIENCE = 10000; // milliseconds: an answer is late; the server does not answer
  const due = new Set(), moves = ["pointermove", "mousemove", "touchmove"];
  let ended = false, leaving = false, asking = false, connected = false, last = Date.now();
  const config = () => {
    const found = document.getElementById("jupyter-config-data");
    return found ? JSON.parse(found.textContent) : null;
  };

  // Header, header of the message that it answers, and content; of a message as text or in parts.
  const parts = (data) => {
    if (typeof data === "string") {
      const all = JSON.parse(data);
      return [all.header, all.parent_header, all.content];
    }
    const view = new DataView(data), ends = [];
    for (let at = 1; at <= Number(view.getBigUint64(0, true)); at++) ends.push(Number(view.getBigUint64(8 * at, true)));
    const part = (at) => JSON.parse(new TextDecoder().decode(data.slice(ends[at], ends[at + 1])));
    return [part(1), part(2), part(4)];
  };
  const sent = (data) => {
    const [header] = parts(data);
    if (header.msg_type !== "comm_msg") return;
    if (!due.size) last = Date.now();
    due.add(header.msg_id);
    document.body.classList.add("due");
  };
  const heard = (data) => {
    connected = true;
    last = Date.now();
    const [header, parent, content] = parts(data);
    if (header.msg_type !== "status") return;
    if (content.execution_state === "dead" || content.execution_state.endsWith("restarting")) end();
    if (content.execution_state === "idle") due.delete(parent.msg_id);
    if (!due.size) document.body.classList.remove("due");
  };

  // A kernel that ended before its page was there: the page comes again by itself, once.
  const again = () => {
    if (connected || sessionStorage.getItem("again")) return;
    sessionStorage.setItem("again", "yes");
    location.reload();
  };
  const show = () => {
    const words = document.querySelector(".connection-ended");
    if (!words) return again();
    if (document.getElementById("ended")) return;
    const box = document.createElement("div"), [text, button] = [...words.cloneNode(true).children];
    box.id = "ended";
    box.lang = words.closest("[lang]").lang;
    text.id = "ended-words";
    for (const [name, value] of [["role", "alertdialog"], ["aria-modal", "true"], ["aria-labelledby", text.id]]) box.setAttribute(name, value);
    button.addEventListener("click", () => location.reload());
    box.append(text, button);
    document.body.append(box);
    button.focus();
  };
  const end = () => {
    if (leaving || ended) return;
    ended = true;
    const page = document.getElementById("rendered_cells");
    if (page) page.inert = true;
    document.body.classList.add("over");
    moves.forEach((name) => window.addEventListener(name, (event) => event.stopImmediatePropagation(), true));
    show();
  };

  // Ask the server whether the kernel still runs: a long calculation is no broken connection.
  const ask = async () => {
    const known = config();
    if (asking || ended || !known) return;
    asking = true;
    try {
      const answer = await fetch(`${known.baseUrl}api/kernels/${known.kernelId}`, {cache: "no-store", signal: AbortSignal.timeout(PATIENCE)});
      if (!answer.ok) end();
    } catch {
      end();
    }
    asking = false;
  };
  setInterval(() => (due.size || !connected) && Date.now() - last > LATE && ask(), 1000);
  ["online", "offline"].forEach((name) => window.addEventListener(name, ask));
  document.addEventListener("visibilitychange", () => document.hidden || ask());

  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(address, ...rest) {
      const kernel = String(address).includes("/channels");
      if (kernel && ended) return {readyState: Native.CONNECTING, send() {}, close() {}}; // no second life
      super(address, ...rest);
      this.kernel = kernel;
      if (!kernel) return;
      this.addEventListener("message", (event) => heard(event.data));
      this.addEventListener("close", () => this.meant || end());
    }
    send(data) {
      if (this.kernel) sent(data);
      super.send(data);
    }
    close(...why) {
      this.meant = true;
      super.close(...why);
    }
  };

  window.addEventListener("pagehide", () => {
    leaving = true;
    const known = config();
    if (known) navigator.sendBeacon(`${known.baseUrl}voila/api/shutdown/${known.kernelId}`);
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leaving = false;
    end();
  });
  // The words of the overlay may come after the end; language and title follow what is shown.
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => {
      const head = document.querySelector(".dashboard .head");
      if (!head) return;
      sessionStorage.removeItem("again");
      if (ended) show();
      const title = head.querySelector("h2").textContent;
      if (document.documentElement.lang !== head.lang) document.documentElement.lang = head.lang;
      if (document.title !== title) document.title = title;
    }).observe(document.body, {childList: true, subtree: true});
  });
})();
