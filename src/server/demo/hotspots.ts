/** Places where the field teams of Tirana and Durrës say they meet children; approximate, to try the map with. */
import type { Teller } from './present.ts'

const spots = [
  ['53', 'field-tirana', 'Rrethrrotullimi i Zogut të Zi', 19.8078, 41.3349],
  ['53', 'field-tirana', 'Stacioni i vjetër i trenit', 19.8196, 41.3362],
  ['53', 'field-tirana', 'Pazari i Ri', 19.8253, 41.3304],
  ['53', 'field-tirana', 'Kryqëzimi te Liqeni', 19.8148, 41.3143],
  ['10', 'field-durres', 'Stacioni i trenit', 19.4554, 41.3196],
  ['10', 'field-durres', 'Shëtitorja Vollga', 19.4478, 41.3078],
] as const

export const hotspots = (t: Teller): void => {
  for (const [municipality, login, name, lon, lat] of spots)
    t.at(municipality, 40 * 24, (stage, at) =>
      stage.do(login, at, 'hotspot.mark', t.mint(`hotspot ${name}`, 40 * 24), {
        name,
        municipality,
        point: { lon, lat },
      }),
    )
}
