package humanize

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Count is a number as people read it, "12,345", with its noun, of which there are several unless the number is 1.
func Count(n int64, noun string) string {
	if n != 1 {
		noun = plural(noun)
	}
	return Number(n) + " " + noun
}

func plural(noun string) string {
	first, rest, of := strings.Cut(noun, " of ") // "category of leads"
	if of {
		return plural(first) + " of " + rest
	}
	stem, isY := strings.CutSuffix(noun, "y")
	switch {
	case isY && !strings.HasSuffix(stem, "e") && !strings.HasSuffix(stem, "a"): // not "key", "day"
		return stem + "ies"
	case strings.HasSuffix(noun, "s"):
		return noun + "es"
	}
	return noun + "s"
}

// Number is n with commas between the thousands.
func Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// Duration is d as people say it, in at most two units: "1 s", "12 s", "3 min 20 s", "8 h 20 min", "2 d 4 h". Less
// than a second is rounded up to 1 s.
func Duration(d time.Duration) string {
	s := int64((d + time.Second - 1) / time.Second)
	switch {
	case s <= 0:
		return "0 s"
	case s < 60:
		return fmt.Sprintf("%d s", s)
	case s < 3600:
		return units(s, 60, "min", 1, "s")
	case s < 86400:
		return units(s, 3600, "h", 60, "min")
	}
	return units(s, 86400, "d", 3600, "h")
}

func units(s, big int64, bigName string, small int64, smallName string) string {
	out := fmt.Sprintf("%d %s", s/big, bigName)
	if rest := s % big / small; rest > 0 {
		out += fmt.Sprintf(" %d %s", rest, smallName)
	}
	return out
}

// List is "a", "a and b", "a, b and c".
func List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// SomeOf lists words, at most about so many, and counts the others.
func SomeOf(words []string, separator string, most int) string {
	if len(words) <= most+1 {
		return strings.Join(words, separator)
	}
	return fmt.Sprintf("%s%sand %d more", strings.Join(words[:most], separator), separator, len(words)-most)
}

// Nearest returns the candidate that word was most likely meant to be, "" if none is near: at most a third of its
// letters differ, without regard to case, or one begins with the other.
func Nearest(word string, candidates []string) string {
	word = strings.ToLower(word)
	best, bestCost := "", 0
	for _, c := range candidates {
		lower := strings.ToLower(c)
		cost := Distance(word, lower)
		if len(word) >= 3 && strings.HasPrefix(lower, word) {
			cost = 1
		}
		if cost <= max(1, len([]rune(lower))/3) && (best == "" || cost < bestCost) {
			best, bestCost = c, cost
		}
	}
	return best
}

// Distance is the number of letters to insert, delete, replace or swap with their neighbour to turn a into b.
func Distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}

// CountThat counts things that do something, with the verb for one and for many: "1 row has", "2 rows have".
func CountThat(n int, noun, one, many string) string {
	if n == 1 {
		many = one
	}
	return Count(int64(n), noun) + " " + many
}

// Title is a word as it heads something.
func Title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
