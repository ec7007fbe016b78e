/* One socket: what it tells, and that it is heard. */

const OPENING = 8000, SILENCE = 40000; // ms; the server speaks every 15 s
const OFTEN = 32000; // characters; it waits for eight times as many

/** Listen there. `told` takes a message, `lost` the code; neither is called after the answered `close`. */
export function open(path, told, lost) {
  const address = new URL(path, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const socket = new WebSocket(address);
  let characters = 0, said = 0, timer;
  const wait = (patience) => {
    clearTimeout(timer);
    timer = setTimeout(() => end(0), patience);
  };
  wait(OPENING);
  socket.onmessage = ({ data }) => {
    wait(SILENCE);
    told(data);
    characters += data.length;
    if (said && characters - said < OFTEN) return;
    if (socket.readyState === WebSocket.OPEN) socket.send(`heard ${(said = characters)}`);
  };
  socket.onclose = ({ code }) => end(code);

  function close() {
    clearTimeout(timer);
    socket.onmessage = socket.onclose = null; // it may take long to notice
    socket.close();
  }

  function end(code) {
    close();
    lost(code);
  }

  return { close };
}
