import type { CommandHandler } from '../command.ts'
import type { Endpoint } from '../endpoint.ts'
import { collectFigure } from './collect.ts'
import { readFigure, readFigures, readSeries } from './figures.ts'
import { listIndicators, readIndicator } from './read.ts'

export const indicatorCommands: readonly CommandHandler[] = [collectFigure]
export const indicatorEndpoints: readonly Endpoint[] = [
  listIndicators,
  readIndicator,
  readFigure,
  readSeries,
  readFigures,
]
