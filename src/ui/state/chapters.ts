/** For the views, which see the lessons only through here. */
export { CHAPTERS } from '../../scenarios/index.ts';
