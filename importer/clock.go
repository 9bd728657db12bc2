package importer

import (
	"time"

	"crmferry/importer/decide"
)

// tokenAge is how long after its first try a create may be repeated by its token alone; the vendor forgets tokens after
// a day.
const tokenAge = 23 * time.Hour

// vendorTime is now by the vendor's clock: what vendors say of times is compared with it, whatever this machine's clock says.
func (im *Importer[C]) vendorTime() time.Time { return im.clock().Add(im.vendorAhead()) }

// vendorAhead is how far the vendor's clock is ahead of ours, as far as that is known.
func (im *Importer[C]) vendorAhead() time.Duration {
	if im.o.Offset == nil {
		return 0
	}
	return im.o.Offset()
}

// forgotten reports whether the vendor may have forgotten at now the token of a create that left at a time, both by its
// clock. From a time to come nobody knows how long ago that was.
func forgotten(left, now time.Time) bool {
	age := now.Round(0).Sub(left)
	return age >= tokenAge || age < -decide.ClockSkew
}

// anyForgotten reports whether earlier sessions may have sent rows so long ago that the vendor has forgotten their tokens.
func (im *Importer[C]) anyForgotten() bool {
	return im.o.Journal.AnyDoubt(func(at time.Time) bool { return forgotten(at, im.vendorTime()) })
}

// since is how long ago something of this session was: by the clock that goes on while the machine sleeps, or by that which nobody sets.
func (r *run[C]) since(t time.Time) time.Duration {
	now := r.clock()
	return max(now.Round(0).Sub(t), now.Sub(t))
}
