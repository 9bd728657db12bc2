// Package plans finds the plan that is to be applied and compares its file with what was planned: which rows are approved, and
// what the plan says of each.
package plans
