// Made by tools/vite/lessons.mjs.

declare module '*?listing' {
  const listing: { readonly language: 'ts' | 'py'; readonly source: string; readonly lines: readonly string[] };
  export default listing;
}

declare module '*.md?html' {
  const html: string;
  export default html;
}

// Made by Vite.
declare module '*.py?raw' {
  const source: string;
  export default source;
}
