/**
 * What the page may load and speak to: itself. It holds for interpreters too, which inherit it (src/ui/host/machine.ts), so a program
 * that came with a link has no network even where src/runtime/python/confinement.ts had a hole.
 *
 * `wasm-unsafe-eval` compiles WebAssembly, and makes no code of texts. Styles are written into the page by the controls and by the
 * editor. `blob:` is for the first line of an interpreter's script, and for pictures that are saved.
 */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'", 'blob:'],
  'connect-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/** @param {Record<string, readonly string[]>} policy */
const written = (policy) =>
  Object.entries(policy)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ');

export const CONTENT_POLICY = written(POLICY);

/** In development modules are replaced as they are edited, which takes a script in the page. */
const WHILE_DEVELOPING = written({ ...POLICY, 'script-src': [...POLICY['script-src'], "'unsafe-inline'"] });

/** @param {import('vite').Connect.Server} middlewares @param {string} policy */
function sendWithPages(middlewares, policy) {
  middlewares.use((request, response, next) => {
    const [pathname = '/'] = (request.url ?? '/').split('?');
    if (pathname.endsWith('/') || pathname.endsWith('.html')) response.setHeader('Content-Security-Policy', policy);
    next();
  });
}

/**
 * Vite plugin that writes the policy into the built page, so that it holds on any server, and sends it as a header with `dev` and
 * `preview`.
 *
 * @returns {import('vite').Plugin}
 */
export function contentPolicy() {
  return {
    name: 'procession:content-policy',
    transformIndexHtml: {
      order: 'pre',
      handler: (_, { server }) =>
        server === undefined
          ? [
              {
                tag: 'meta',
                attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_POLICY },
                injectTo: 'head-prepend',
              },
            ]
          : [],
    },
    configureServer: ({ middlewares }) => sendWithPages(middlewares, WHILE_DEVELOPING),
    configurePreviewServer: ({ middlewares }) => sendWithPages(middlewares, CONTENT_POLICY),
  };
}
