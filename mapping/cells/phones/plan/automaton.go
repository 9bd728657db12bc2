package plan

import (
	"encoding/binary"
	"errors"
	"regexp/syntax"
	"slices"
)

// node is a state of an automaton: 0 is the one that nothing leads out of.
type node struct {
	next [10]uint16 // by digit
	says uint32     // what is true of the digits up to here
}

// automaton is an acyclic one over digits, in which no two states say the same of all that may follow.
type automaton struct {
	nodes []node
	start uint16
}

// says is what an automaton says of some digits.
func says[T []byte | string](a *automaton, digits T) uint32 {
	s := a.start
	for i := range len(digits) {
		if s = a.nodes[s].next[digits[i]-'0']; s == 0 {
			break
		}
	}
	return a.nodes[s].says
}

// thread is a place in the program of a pattern, with where the last group of the pattern began and ended: behind so many
// digits and one; 0 where it did not.
type thread struct {
	pattern, from, to uint8
	pc                uint16
}

// pattern is one that an automaton is made of.
type pattern struct {
	prog *syntax.Prog
	last uint32 // the number of its last group, 0 for none
}

// errUnusual is the cause for a pattern that has more to it than digits, choices and an end.
var errUnusual = errors.New("a pattern with more to it than digits, choices and an end")

func compilePattern(text string) (pattern, error) {
	re, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return pattern{}, err
	}
	if repeats(re) {
		return pattern{}, errUnusual
	}
	last := re.MaxCap()
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return pattern{}, err
	}
	if len(prog.Inst) > 1<<16 {
		return pattern{}, errUnusual
	}
	for i := range prog.Inst {
		if in := &prog.Inst[i]; in.Op == syntax.InstEmptyWidth && (syntax.EmptyOp(in.Arg) != syntax.EmptyEndText || prog.Inst[in.Out].Op != syntax.InstMatch) {
			return pattern{}, errUnusual
		}
	}
	return pattern{prog, uint32(last)}, nil
}

// repeats reports whether a pattern takes any number of something.
func repeats(re *syntax.Regexp) bool {
	return re.Op == syntax.OpStar || re.Op == syntax.OpPlus || re.Op == syntax.OpRepeat && re.Max < 0 || slices.ContainsFunc(re.Sub, repeats)
}

// builder makes an automaton of patterns.
type builder struct {
	patterns []pattern
	// says is what is true of a state with these threads, so many digits from the start. It may cut the threads off that
	// do not matter any more.
	says func(threads *[]thread, depth int) uint32

	nodes []node
	known map[string]uint16 // by depth, what is said, and threads
	equal map[node]uint16
	full  bool // there are more states than fit
}

// build makes the automaton of all patterns side by side, the first ones first.
func (b *builder) build() (automaton, error) {
	b.nodes, b.known, b.equal = make([]node, 1), map[string]uint16{}, map[node]uint16{{}: 0}
	var threads []thread
	for i, p := range b.patterns {
		threads = b.follow(threads, thread{pattern: uint8(i), pc: uint16(p.prog.Start)}, 0)
	}
	start := b.state(threads, 0)
	if b.full {
		return automaton{}, errUnusual
	}
	return automaton{append([]node(nil), b.nodes...), start}, nil
}

// state is the state of some threads.
func (b *builder) state(threads []thread, depth int) uint16 {
	var n node
	n.says = b.says(&threads, depth)
	key := binary.AppendUvarint(binary.AppendUvarint(nil, uint64(depth)), uint64(n.says))
	for _, t := range threads {
		key = append(key, t.pattern, t.from, t.to, byte(t.pc), byte(t.pc>>8))
	}
	if id, ok := b.known[string(key)]; ok {
		return id
	}
	for digit := range n.next {
		if next := b.step(threads, digit, depth); len(next) > 0 {
			n.next[digit] = b.state(next, depth+1)
		}
	}
	id, ok := b.equal[n]
	if !ok {
		id = uint16(len(b.nodes))
		b.full = b.full || int(id) != len(b.nodes)
		b.nodes, b.equal[n] = append(b.nodes, n), id
	}
	b.known[string(key)] = id
	return id
}

// step are the threads behind one more digit.
func (b *builder) step(threads []thread, digit, depth int) (next []thread) {
	for _, t := range threads {
		in := &b.patterns[t.pattern].prog.Inst[t.pc]
		switch in.Op {
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			if in.MatchRune(rune('0' + digit)) {
				t.pc = uint16(in.Out)
				next = b.follow(next, t, depth+1)
			}
		}
	}
	return next
}

// follow adds where a thread gets without another digit, what it prefers first. No place is in the list twice: who comes
// first wins.
func (b *builder) follow(list []thread, t thread, depth int) []thread {
	p := &b.patterns[t.pattern]
	in := &p.prog.Inst[t.pc]
	for _, other := range list {
		if other.pattern == t.pattern && other.pc == t.pc {
			return list
		}
	}
	switch in.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		other := t
		t.pc, other.pc = uint16(in.Out), uint16(in.Arg)
		return b.follow(b.follow(list, t, depth), other, depth)
	case syntax.InstCapture:
		switch in.Arg {
		case 2 * p.last:
			t.from, t.to = uint8(depth+1), 0
		case 2*p.last + 1:
			t.to = uint8(depth + 1)
		}
		t.pc = uint16(in.Out)
		return b.follow(list, t, depth)
	case syntax.InstNop:
		t.pc = uint16(in.Out)
		return b.follow(list, t, depth)
	case syntax.InstFail:
		return list
	}
	return append(list, t)
}

// isMatch reports whether a thread is at the end of its pattern.
func (b *builder) isMatch(t thread) bool {
	return b.patterns[t.pattern].prog.Inst[t.pc].Op == syntax.InstMatch
}

// needsEnd reports whether a thread is at the end of its pattern if no digit follows.
func (b *builder) needsEnd(t thread) bool {
	return b.patterns[t.pattern].prog.Inst[t.pc].Op == syntax.InstEmptyWidth
}
