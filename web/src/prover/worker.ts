// The file that a web worker runs.
import type { Port } from './messages';
import { serve } from './serve';

serve(globalThis as unknown as Port);
