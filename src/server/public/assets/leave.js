/* Leaving at once: the page is emptied, then its place in the history is given to the other one. */
const way = document.querySelector('.leave')
const leave = () => {
  document.title = ''
  document.body.replaceChildren()
  document.documentElement.classList.add('gone')
  location.replace(way.href)
}
document.documentElement.classList.add('scripted')
way.addEventListener('click', (event) => {
  event.preventDefault()
  leave()
})
/* Shift three times within five seconds, alone: capitals being typed do not count. */
let times = 0
let timer
let together = false
document.addEventListener('keyup', (event) => {
  if (event.key !== 'Shift') {
    together = event.shiftKey
    if (!together) times = 0
    return
  }
  if (together) {
    together = false
    times = 0
    return
  }
  times += 1
  clearTimeout(timer)
  timer = setTimeout(() => {
    times = 0
  }, 5000)
  if (times === 3) leave()
})
