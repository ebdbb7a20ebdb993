/** A wall that is being built, for the eye alone. */
const rows = ['......', '..1...', '.05.2.', '341023', '120531'];

export const Rising = () => (
  <div className="rising" aria-hidden="true">
    {rows.map((row, at) => (
      <div key={row}>
        {[...row].map((colour, place) => (
          <i key={place} className={colour === '.' ? 'hole' : `brick hue-${colour}${at === 1 ? ' last' : ''}`} />
        ))}
      </div>
    ))}
  </div>
);
