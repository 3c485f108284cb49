import type { Selection } from 'd3-selection';

type Root = Selection<SVGSVGElement, unknown, null, undefined>;

/** Fine textures behind the regions: with colours taken away, the states still differ. `solid` and `hollow` have none. */
export function drawPatterns(root: Root): void {
  const defs = root.append('defs');
  const pattern = (name: string, size: number) =>
    defs
      .append('pattern')
      .attr('id', `sd-${name}`)
      .attr('class', `texture texture-${name}`)
      .attr('patternUnits', 'userSpaceOnUse')
      .attr('width', size)
      .attr('height', size);
  pattern('dots', 9).append('circle').attr('cx', 4.5).attr('cy', 4.5).attr('r', 0.9);
  pattern('diagonal', 10).append('path').attr('d', 'M-2,12L12,-2M-2,2L2,-2M8,12L12,8');
  pattern('cross', 11).append('path').attr('d', 'M0,0L11,11M11,0L0,11');
  pattern('solid', 8);
  pattern('hollow', 8);
  pattern('token-hatch', 6).append('path').attr('d', 'M-1,7L7,-1M-1,1L1,-1M5,7L7,5');
}
