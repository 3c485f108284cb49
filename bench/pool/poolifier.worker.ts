import './window.ts';
import { ThreadWorker } from 'poolifier-web-worker';

export default new ThreadWorker(() => {});
