import { useEffect, useState } from 'react'
import { type CountryMap, loadMap } from './map.ts'

export const useMap = (width: number, only?: string): CountryMap | undefined => {
  const [map, setMap] = useState<CountryMap>()
  useEffect(() => {
    let gone = false
    loadMap(width, only)
      .then((m) => {
        if (!gone) setMap(m)
      })
      .catch(() => undefined)
    return () => {
      gone = true
    }
  }, [width, only])
  return map
}
