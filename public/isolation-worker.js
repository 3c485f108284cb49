// A plain static host sends no Cross-Origin-Opener-Policy and no Cross-Origin-Embedder-Policy, and without them there is
// no shared memory. This service worker adds them on the way from the network to the page, its workers and its modules.
// Registered by src/ui/host/isolation.ts; on a server that sends the headers itself it is never installed.

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/**
 * The same response with the isolation headers. A response that may not be read (opaque, or a redirect that the browser
 * itself follows) goes back as it is: its status is 0, which no constructed response may have.
 */
function isolated(response) {
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  const { status, statusText } = response;
  const bodiless = status === 204 || status === 205 || status === 304;
  return new Response(bodiless ? null : response.body, { status, statusText, headers });
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  // Another origin decides about its own headers.
  if (new URL(request.url).origin !== self.location.origin) return;
  // The developer tools ask like this; fetch() refuses to repeat it unless the mode is same-origin.
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
  event.respondWith(fetch(request).then(isolated));
});
