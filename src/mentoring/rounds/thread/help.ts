/** The thread that helps that of a large round with its looking. */
import { workerData } from 'node:worker_threads';
import { help, type HelperData } from '../../../matching/index.ts';
import type { ThreadData } from '../../../thread/start.ts';

help((workerData as ThreadData<HelperData>).task);
