// Package plan knows the numbering plans of countries: it reads phone numbers as they are dialled in one, and tells whether a
// number is in a range that its country uses. The rules are those of the phonenumbers library; they are regular expressions over
// digits, and compiled into automata once for each country that is asked for. Whatever is not written in digits and usual
// marks the library reads itself.
package plan
