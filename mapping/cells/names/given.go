package names

import (
	"strings"

	"crmferry/mapping/cells/names/lexicon"
)

// isGiven reports whether a word is a first name and hardly ever a last one.
func isGiven(word string) bool {
	return lexicon.LookUp(word)&(lexicon.Given|lexicon.GivenToo) == lexicon.Given
}

// mayBeGiven reports whether a word is a first name, be it a last name as well.
func mayBeGiven(word string) bool { return lexicon.LookUp(word)&(lexicon.Given|lexicon.GivenToo) != 0 }

// standsLast reports whether the words of a name show that its first name stands last: it is one there, and none in front.
func standsLast(words []string) bool {
	return len(words) > 1 && !mayBeGiven(words[0]) && isGiven(words[len(words)-1])
}

// standsFirst reports whether the words of a name show that its first name stands in front.
func standsFirst(words []string) bool {
	return len(words) > 1 && isGiven(words[0]) && !mayBeGiven(words[len(words)-1])
}

// ShowOrder reports whether a first and a last name show that they are what their columns say, or the reverse.
func ShowOrder(first, last string) (right, turned bool) {
	pair := []string{first, last}
	return standsFirst(pair), standsLast(pair)
}

// isWholeName reports whether words may well be a first and a last name: Ann Lee, but not Mary Ann.
func isWholeName(words []string) bool {
	return len(words) > 1 && mayBeGiven(words[0]) && !isGiven(words[len(words)-1]) && !isInitial(words[len(words)-1]) && lexicon.RolesOf(words[len(words)-1]) == 0
}

// isFamilyName reports whether a word is a last name by its form, or is known to be one and nothing else: Nováková, Malý, Kowalski.
func isFamilyName(word string) bool {
	if mayBeGiven(word) || len(word) < 3 {
		return false
	}
	if lexicon.LookUp(word)&lexicon.Surname != 0 {
		return true
	}
	lower := strings.ToLower(word)
	for _, end := range [...]string{"ová", "cká", "ská", "ský", "cký", "ný", "lý", "rý", "ná", "lá", "rá"} {
		if strings.HasSuffix(lower, end) {
			return true
		}
	}
	if len(word) > 5 && (strings.HasSuffix(lower, "escu") || strings.HasSuffix(lower, "ov") || strings.HasSuffix(lower, "ova") || strings.HasSuffix(lower, "ev")) {
		return true
	}
	if len(word) < len("Kowalska") {
		return strings.HasSuffix(lower, "nen") && len(word) > len("Kainen")
	}
	for _, end := range [...]string{"owski", "owska", "ewski", "ewska", "iński", "ińska", "inski", "inska", "ński", "ńska", "wicz", "czyk", "czak", "sson", "inen", "onen", "änen", "enko", "escu", "ović", "ević", "oglu", "oğlu", "shvili", "poulos"} {
		if strings.HasSuffix(lower, end) {
			return true
		}
	}
	return false
}

// isChinese reports whether two words are a Chinese name in Latin letters, of which the last name stands first: Wang Xiaoming.
func isChinese(words []string) bool {
	if len(words) != 2 || lexicon.LookUp(words[0])&lexicon.Chinese == 0 || len(words[1]) < 4 || isAbove(words[1]) || mayBeGiven(words[1]) || !isCapitalised(words[1]) {
		return false
	}
	before, behind, parted := strings.Cut(words[1], "-")
	if parted {
		return isSyllable(before) && isSyllable(behind)
	}
	for at := 1; at < len(words[1]); at++ {
		if isSyllable(words[1][:at]) && isSyllable(words[1][at:]) {
			return true
		}
	}
	return false
}

// isKoreanFirst reports whether a word is two syllables of which first names of Korea are made, in Latin letters: Jisoo.
func isKoreanFirst(word string) bool {
	if len(word) < 5 || !isCapitalised(word) || mayBeGiven(word) {
		return false
	}
	lower := strings.ToLower(word)
	for at := 2; at < len(lower)-1; at++ {
		if strings.Contains(koreanSyllables, " "+lower[:at]+" ") && strings.Contains(koreanSyllables, " "+lower[at:]+" ") {
			return true
		}
	}
	return false
}

const koreanSyllables = " ji min soo su hye jin eun young yeong hyun hyeon jun joon seo yeon woo ho hoon kyung sung seung tae dong sang jae won hee hwa sun seon yoon yun bin gyu kyu chul cheol hwan jeong jung kwang byung myung hae rim seok suk chan woong "

// isSyllable reports whether letters are a syllable of Chinese.
func isSyllable(v string) bool {
	return len(v) > 1 && len(v) <= len("zhuang") && strings.Contains(syllables, " "+strings.ToLower(v)+" ")
}

const syllables = " ai an ang ao ba bai ban bang bao bei ben bi bian biao bin bing bo bu cai can cang cao ce cen ceng chan chang chao che chen cheng chi chong chou chu chuan chuang chun ci cong cui cun " +
	"da dai dan dang dao de deng di dian ding dong dou du duan dun duo en fa fan fang fei fen feng fu ga gai gan gang gao ge gen geng gong gou gu gua guan guang gui guo hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui huo " +
	"ji jia jian jiang jiao jie jin jing jiu ju juan jue jun kai kang ke kong kuan kuang kui kun la lai lan lang lao le lei leng li lian liang liao lin ling liu long lu luan lun luo man mao mei men meng mi miao min ming mo mu " +
	"na nan nian ning niu nong nuan ou pan pei peng pin ping pu qi qian qiang qiao qin qing qiong qiu qu quan que ran rao ren rong rou ru rui run ruo sai san sang sen sha shan shang shao she shen sheng shi shou shu shuai shuang shui shun si song su sui sun suo " +
	"tai tan tang tao teng ti tian tie ting tong tu tuan wan wang wei wen wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yong you yu yuan yue yun zai zan zang zao ze zeng zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhuang zhuo zi zong zou zu "
