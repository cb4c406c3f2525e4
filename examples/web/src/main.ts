import "@awesome.me/webawesome/dist/styles/webawesome.css";
import "@awesome.me/webawesome/dist/components/callout/callout.js";
import "@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js";

import "./style/style.css";
import "./ui/scheme.ts";
import "./app.ts";

// Once every file is kept, the page works without a network.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("./offline-worker.js").catch((error: unknown) => {
    console.warn("the page will not work offline:", error);
  });
}
