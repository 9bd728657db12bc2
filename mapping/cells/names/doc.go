// Package names takes full names of people apart: what is the first name, what the last, and what stands beside a name and is
// none, such as a title.
package names
