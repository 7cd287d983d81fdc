// At the desk, where the browser reads codes with its camera: a badge held before it is sent as a hand scanner would.

const ON = "matchmaker-camera";
const EVERY = 200;

const place = document.getElementById("camera");
const button = place?.querySelector("[data-camera]");
const says = place?.querySelector("[data-camera-says]");
const video = place?.querySelector("video");
const field = document.getElementById("q");
let stream = null;

async function readsCodes() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return false;
  return (await window.BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  video.hidden = true;
  button.textContent = "Scan badges with this camera";
}

async function start() {
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    sessionStorage.removeItem(ON);
    says.textContent = "The camera cannot be used. Allow it in your browser, or type the code of the badge.";
    return;
  }
  sessionStorage.setItem(ON, "yes");
  says.textContent = "";
  button.textContent = "Stop the camera";
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  look(new window.BarcodeDetector({ formats: ["qr_code"] }));
}

// The page comes back with who was checked in; the badge that is still held there is not sent again.
async function look(detector) {
  if (!stream) return;
  const found = await detector.detect(video).catch(() => []);
  const code = found[0]?.rawValue;
  const before = sessionStorage.getItem(`${ON}-last`);
  if (!code) sessionStorage.removeItem(`${ON}-last`);
  if (code && code !== before) {
    sessionStorage.setItem(`${ON}-last`, code);
    field.value = code;
    field.form.requestSubmit();
    return;
  }
  setTimeout(() => look(detector), EVERY);
}

if (place && (await readsCodes().catch(() => false))) {
  place.hidden = false;
  button.addEventListener("click", () => {
    if (!stream) return start();
    sessionStorage.removeItem(ON);
    return stop();
  });
  if (sessionStorage.getItem(ON)) start();
}
