"""What a browser is asked about the page it shows."""

from axe_playwright_python.base import AXE_SCRIPT  # pyright: ignore[reportMissingTypeStubs]

AXE = AXE_SCRIPT
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

TELL_OF_POLICY = """
addEventListener('securitypolicyviolation', breach =>
    console.error(`policy: ${breach.effectiveDirective} kept out ${breach.blockedURI} ${breach.sample}`))
"""
"""Before any script of ours: each breach of the Content-Security-Policy stands in the console."""

OVERFLOW = """() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    return [...document.querySelectorAll('body *')]
        .filter(one => one.getBoundingClientRect().right > width + 1)
        .map(one => one.outerHTML.slice(0, 120)).slice(0, 5)
}"""

SQUEEZED = """() => [...document.querySelectorAll('.avatar')]
    .map(one => [one.className, one.getBoundingClientRect()])
    .filter(([, box]) => Math.abs(box.width - box.height) > 1)
    .map(([name, box]) => `${name} ${box.width}×${box.height}`)"""
"""Portraits that are not square."""

_MARKED = """
const outlined = one => {
    const style = getComputedStyle(one)
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow.includes('inset')
}
// A field may leave the mark to what it stands in.
const marked = one => [one, one.parentElement, one.closest('.composer, .talk')].some(each => each && outlined(each))
"""

IN_PASSING = f"""() => {{
    {_MARKED}
    const one = document.activeElement
    return one === document.body || marked(one) ? '' : `focus unseen: ${{one.outerHTML.slice(0, 160)}}`
}}"""
"""After a press of Tab."""

UNMARKED = f"""() => {{
    {_MARKED}
    const told = (what, one) => `${{what}}: ${{one.outerHTML.slice(0, 160)}}`
    const takes = 'a[href], button, input, select, textarea, summary, [tabindex]'
    const shown = one => one.checkVisibility({{visibilityProperty: true}}) && one.getClientRects().length
    const reached = [...document.querySelectorAll(takes)]
        .filter(one => one.tabIndex >= 0 && !one.disabled && shown(one))
    const wrong = reached.filter(one => one.tabIndex > 0).map(one => told('out of order', one))
    const inside = reached.filter(one => one.closest('.main') && !one.closest('[class*=menu], header'))
    inside.forEach((one, at) => {{
        const [before, here] = [inside[at - 1] ?? one, one].map(each => each.getBoundingClientRect())
        if (here.bottom < before.top - 1 && here.right <= before.left + 1) wrong.push(told('out of order', one))
    }})
    const began = document.activeElement
    for (const one of reached) {{
        one.focus({{preventScroll: true}})
        if (one === document.activeElement && !marked(one)) wrong.push(told('focus unseen', one))
    }}
    began.focus({{preventScroll: true}})
    return wrong.slice(0, 5)
}}"""
"""What takes the focus without showing it, or in another order than one reads."""

UNISOLATED = r"""() => {
    const leftward = /\p{Script=Arabic}|\p{Script=Hebrew}/u
    const turns = one => leftward.test(one.textContent.match(/\p{L}/u)?.[0] ?? '')
    const wrong = []
    const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) {
        const { textContent: text, parentElement: at } = walk.currentNode
        const first = text.search(leftward)
        if (first < 0 || at.closest('script, style, template, option, .unseen, textarea[dir=auto]')) continue
        const apart = at.closest('bdi, [dir=auto]')
        if (!(apart && turns(apart)) && !text.slice(0, first).includes('\u2068')) wrong.push(at.outerHTML.slice(0, 160))
    }
    const typed = [...document.querySelectorAll('input:is([type=text], [type=search], :not([type])), textarea')]
    const turned = typed.filter(one => leftward.test(one.value) && one.dir !== 'auto')
    return [...wrong, ...turned.map(one => one.outerHTML.slice(0, 160))].slice(0, 5)
}"""
"""Words that run from right to left and may turn the sentence, the title or the field that they stand in."""

IN_MOTION = """() => {
    const lasts = times => times.split(',').some(each => parseFloat(each) > 0)
    const runs = style => style.animationName !== 'none' && lasts(style.animationDuration)
    const moves = style => lasts(style.transitionDuration) || runs(style)
    const wrong = [...document.querySelectorAll('*')].filter(one =>
        ['', '::before', '::after'].some(part => moves(getComputedStyle(one, part || null))))
    return [...wrong, ...document.getAnimations().map(each => each.effect.target)]
        .map(one => one.outerHTML.slice(0, 120)).slice(0, 5)
}"""
"""What would move, though the person asked for no motion."""
