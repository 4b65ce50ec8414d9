/** Says when this browser last had live data (written by `state/last-seen.ts`), and tries again when it is asked to. */
const seenAt = Number(localStorage.getItem('garam.lastSeen') ?? 0)
if (seenAt > 0) {
  const line = document.getElementById('seen')
  const [ko, en] = ['ko-KR', 'en-GB'].map((language) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(seenAt),
  )
  line.textContent = `마지막으로 본 시각 ${ko}`
  const english = document.createElement('span')
  english.lang = 'en'
  english.textContent = `Data was last seen ${en}`
  line.append(english)
  line.hidden = false
}
document.getElementById('again').addEventListener('click', () => location.reload())
