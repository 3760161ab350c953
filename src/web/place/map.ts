import { geoMercator, geoPath } from 'd3-geo'
import { feature, neighbors } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import url from '../../../reference/al/albania.topojson?url'

export interface Shape {
  code: string
  name: string
  path: string
  centre: readonly [number, number]
  /** Codes of the municipalities it borders. */
  beside: readonly string[]
}
export interface CountryMap {
  width: number
  height: number
  shapes: readonly Shape[]
  /** Screen point of a longitude and latitude, and back. */
  toPoint: (at: readonly [number, number]) => readonly [number, number]
  toPlace: (at: readonly [number, number]) => readonly [number, number] | null
}

type Names = Record<string, unknown>
let loading: Promise<Topology> | undefined
const topology = (): Promise<Topology> => {
  loading ??= fetch(url, { credentials: 'same-origin' }).then((r) => r.json() as Promise<Topology>)
  return loading
}

const codeOf = (properties: Names): string => String(properties.asrdb)

/** The 61 municipalities as SVG paths in a box of that width, or one of them alone, larger. */
export const loadMap = async (width: number, only?: string): Promise<CountryMap> => {
  const topo = await topology()
  const layer = topo.objects.bashki
  if (layer?.type !== 'GeometryCollection') throw new Error('no municipalities in the map')
  const all = layer as GeometryCollection<Names>
  const beside = neighbors(all.geometries)
  const features = feature(topo, all).features
  const shown = only === undefined ? features : features.filter((f) => codeOf(f.properties ?? {}) === only)
  const frame = { type: 'FeatureCollection' as const, features: shown }
  const projection = geoMercator().fitWidth(width - 8, frame)
  const height = Math.ceil(geoPath(projection).bounds(frame)[1][1]) + 8
  const [x, y] = projection.translate()
  projection.translate([x + 4, y + 4])
  const draw = geoPath(projection).digits(1)
  return {
    width,
    height,
    shapes: features.map((f, i) => ({
      code: codeOf(f.properties ?? {}),
      name: String(f.properties?.name ?? ''),
      path: draw(f) ?? '',
      centre: draw.centroid(f) as [number, number],
      beside: (beside[i] ?? []).map((n) => codeOf(features[n]?.properties ?? {})),
    })),
    toPoint: (at) => projection([at[0], at[1]]) ?? [0, 0],
    toPlace: (at) => projection.invert?.([at[0], at[1]]) ?? null,
  }
}
