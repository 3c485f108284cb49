import type { Page } from '@playwright/test';

/**
 * The software rasteriser paints only what has changed, and rounds the edges of shadows and hatched patterns differently then:
 * by up to 26 of 255 in a few pixels, measured between pictures of one state. A token, a mark or a letter that is not where it
 * was differs by more than 100 in hundreds.
 */
const RASTER_NOISE = 48;

/** Pixels in which two pictures of a page differ. */
export async function differingPixels(page: Page, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(
    async ({ pictures, noise }) => {
      const pixelsOf = async (base64: string): Promise<Uint8ClampedArray> => {
        // Not fetched: the policy of the page lets it ask nobody but its server.
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        if (context === null) throw new Error('no canvas to compare pictures on');
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
      };
      const [first = new Uint8ClampedArray(), second = new Uint8ClampedArray()] = await Promise.all(
        pictures.map(pixelsOf),
      );
      if (first.length !== second.length) return Infinity;
      let differing = 0;
      for (let at = 0; at < first.length; at += 4) {
        const distance = [0, 1, 2].map((channel) => Math.abs((first[at + channel] ?? 0) - (second[at + channel] ?? 0)));
        if (Math.max(...distance) > noise) differing += 1;
      }
      return differing;
    },
    { pictures: [one.toString('base64'), other.toString('base64')], noise: RASTER_NOISE },
  );
}
