package plan

// prefix finds what stands before a number, as a regular expression that is held to the first digit would.
type prefix struct {
	automaton
	groups int
}

// found is where a prefix ends, and where its last group stands; to is 0 where it passed none.
type found struct{ end, from, to int }

// What a state of a prefix says: whether one ends here, and where its last group stands, and the same if no digit follows.
const (
	endsHere   = 1
	groupBits  = 5
	groupMask  = 1<<groupBits - 1
	whereBits  = 1 + 2*groupBits
	mostPrefix = groupMask - 1 // digits
)

func compilePrefix(text string) (prefix, error) {
	p, err := compilePattern(text)
	if err != nil {
		return prefix{}, err
	}
	b := &builder{patterns: []pattern{p}}
	tooLong := false
	b.says = func(threads *[]thread, depth int) (says uint32) {
		tooLong = tooLong || depth > mostPrefix
		for i, t := range *threads {
			isMatch := b.isMatch(t)
			if says == 0 && (isMatch || b.needsEnd(t)) {
				says = where(t) << whereBits
			}
			if isMatch { // what comes behind it is not preferred to it
				says |= where(t)
				*threads = (*threads)[:i]
				break
			}
		}
		return says
	}
	a, err := b.build()
	if tooLong {
		err = errUnusual
	}
	return prefix{a, int(p.last)}, err
}

func where(t thread) uint32 {
	if t.to == 0 {
		return endsHere
	}
	return endsHere | uint32(t.from)<<1 | uint32(t.to)<<(1+groupBits)
}

// find finds the prefix of some digits.
func (p *prefix) find(digits []byte) (f found, ok bool) {
	if p.nodes == nil {
		return found{}, false
	}
	s, says, end := p.start, uint32(0), 0
	for i := 0; ; i++ {
		n := &p.nodes[s]
		if i == len(digits) {
			if n.says != 0 {
				says, end = n.says>>whereBits, i
			}
			break
		}
		if n.says&endsHere != 0 {
			says, end = n.says, i
		}
		if s = n.next[digits[i]-'0']; s == 0 {
			break
		}
	}
	if says&endsHere == 0 {
		return found{}, false
	}
	f.end = end
	if to := says >> (1 + groupBits) & groupMask; to != 0 {
		f.from, f.to = int(says>>1&groupMask)-1, int(to)-1
	}
	return f, true
}
