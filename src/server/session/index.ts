/** Signing in, as the rest of the server sees it. */
export { isDemo } from './account.ts'
export { mistrust } from './cache.ts'
export { identify } from './identify.ts'
export { mountSession } from './routes.ts'
export { mustHaveScope } from './scope.ts'
export { createToken } from './tokens.ts'
