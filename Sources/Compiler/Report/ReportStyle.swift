/// The page's style sheet and script. Neither has `<` or `&`, so that the page is XML too.
enum ReportStyle {
    static var text: String {
        variables(.light) + DrawingStyle.rules(.light)
            + "@media (prefers-color-scheme:dark){\n" + variables(.dark) + DrawingStyle.rules(.dark)
            + "}\n" + layout
    }

    private static func variables(_ theme: Theme) -> String {
        var text = ":root{--bg:\(theme.background);--panel:\(theme.panel);--text:\(theme.text);"
        text += "--faint:\(theme.faint);--line:\(theme.line);--accent:\(theme.accent);"
        text += "--warning:\(theme.warning);--error:\(theme.error);--good:\(theme.good);"
        text += "--mark:\(theme.mark);"
        for tone in GraphSketch.Tone.allCases { text += "--\(tone.rawValue):\(theme.tone(tone));" }
        return text + "}\n"
    }

    private static let layout = """
        *{box-sizing:border-box}
        html{color-scheme:light dark}
        body{margin:0 auto;padding:20px 24px 60px;max-width:1700px;background:var(--bg);\
        color:var(--text);font:14px/1.45 \(Theme.sans)}
        h1{font-size:24px;margin:0;overflow-wrap:anywhere}
        h2{font-size:16px;margin:0 0 8px}
        h3{font-size:13px;margin:0 0 4px;font-weight:600}
        header p{margin:2px 0 16px;color:var(--faint);overflow-wrap:anywhere}
        a{color:inherit}
        section{margin-top:28px}
        .tiles{display:flex;flex-wrap:wrap;gap:10px;margin-bottom:12px}
        .tile{background:var(--panel);border:1px solid var(--line);border-radius:8px;\
        padding:8px 14px;min-width:130px;text-decoration:none;flex:0 1 auto}
        .tile b{display:block;font-size:20px;font-weight:650;font-variant-numeric:tabular-nums}
        .tile span{display:block}
        .tile i{display:block;font-style:normal;font-size:12px;color:var(--faint)}
        .tile.error{border-color:var(--error)}
        .tile.error b{color:var(--error)}
        .tile.warning{border-color:var(--warning)}
        .tile.warning b{color:var(--warning)}
        .cols{display:grid;grid-template-columns:minmax(0,1.25fr) minmax(0,1fr);gap:20px;\
        align-items:start}
        .cols section{margin-top:8px;min-width:0}
        .graph input{position:absolute;opacity:0}
        .graph label{display:inline-block;padding:3px 12px;margin:0 6px 8px 0;\
        border:1px solid var(--line);border-radius:14px;cursor:pointer;background:var(--panel)}
        .graph input:checked+label{border-color:var(--accent);color:var(--accent);font-weight:600}
        .graph input:focus-visible+label{outline:2px solid var(--accent)}
        .graph .view{display:none}
        #v0:checked~.v0,#v1:checked~.v1{display:block}
        .view p{margin:0 0 8px;color:var(--faint)}
        .zoom{float:right}
        .zoom[hidden]{display:none}
        .zoom button{font:inherit;color:inherit;background:var(--panel);\
        border:1px solid var(--line);border-radius:6px;padding:2px 9px;margin-left:4px;cursor:pointer}
        .scroll{border:1px solid var(--line);border-radius:8px;overflow:auto;max-height:78vh}
        .scroll svg{display:block;margin:0 auto}
        .n a{text-decoration:none}
        .n.on>.b,.n.on>a>.b{stroke:var(--accent);stroke-width:2.2}
        .legend{font-size:12px;color:var(--faint);margin:8px 0 0}
        .legend span{display:inline-block;margin:0 14px 2px 0}
        .legend i{display:inline-block;width:14px;height:9px;border-radius:2px;margin-right:5px}
        .legend .bar{height:3px;background:var(--accent);vertical-align:middle}
        .legend .dots{border-top:2px dotted var(--faint);height:0;border-radius:0;\
        vertical-align:middle}
        .k-product{background:var(--product)}.k-reduction{background:var(--reduction)}
        .k-element{background:var(--element)}.k-movement{background:var(--movement)}
        .k-input{background:var(--input)}
        .spec h2{padding:4px 0 5px}
        .code{border:1px solid var(--line);border-radius:8px;background:var(--panel);overflow:auto;\
        max-height:82vh;font:12px/1.5 \(Theme.monospace);padding:6px 0}
        .ln{display:flex;min-width:max-content;background:var(--panel)}
        .ln .no{flex:0 0 46px;text-align:right;padding-right:12px;color:var(--faint);\
        user-select:none;font:inherit;position:sticky;left:0;background:inherit}
        .ln code{font:inherit;white-space:pre;flex:1 0 auto}
        .ln .note{color:var(--faint);padding:0 12px 0 18px;position:sticky;right:0;background:inherit}
        .ln:target,.ln.on{background:var(--mark)}
        tr.on td{background-color:var(--mark)}
        mark{background:none;color:inherit;text-decoration:underline wavy;text-underline-offset:3px}
        mark.error{text-decoration-color:var(--error)}
        mark.warning{text-decoration-color:var(--warning)}
        mark.remark{text-decoration-color:var(--accent)}
        .problem{font:13px/1.4 \(Theme.sans);border-left:4px solid var(--accent);\
        background:var(--bg);margin:4px 8px 6px 46px;padding:6px 10px;border-radius:0 6px 6px 0;\
        max-width:640px;position:sticky;left:46px}
        .problem.error{border-color:var(--error)}
        .problem.warning{border-color:var(--warning)}
        .problem.error b{color:var(--error)}
        .problem.warning b{color:var(--warning)}
        .problem p{margin:2px 0;overflow-wrap:anywhere}
        .problem em{color:var(--faint)}
        .problem .help{color:var(--good)}
        .share{margin-bottom:14px}
        .stack{display:flex;height:22px;border-radius:5px;overflow:hidden;background:var(--line)}
        .stack i{background:var(--nothing);min-width:0;\
        border-right:1px solid var(--bg)}
        .share p{margin:5px 0 0;font-size:13px}
        .share p span{display:inline-block;margin-right:18px}
        .share p b{font-weight:600}
        .share p i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:5px}
        .stack .t0,p .t0{background:var(--product)}
        .stack .t1,p .t1{background:var(--reduction)}
        .stack .t2,p .t2{background:var(--element)}
        .stack .t3,p .t3{background:var(--movement)}
        .stack .t4,p .t4{background:#d6518f}
        .stack .t5,p .t5{background:#8a9a1f}
        .stack .t6,p .t6{background:#a0704a}
        .stack .t7,p .t7{background:var(--input)}
        .stack .on,.share .on{outline:2px solid var(--accent);outline-offset:-2px}
        .arena{width:100%;height:220px;border:1px solid var(--line);border-radius:8px;\
        background:var(--panel);display:block}
        .arena rect{stroke:var(--bg);stroke-width:1;vector-effect:non-scaling-stroke;opacity:.85}
        .arena rect:hover{opacity:1;stroke:var(--text)}
        .m0{fill:var(--product)}.m1{fill:var(--reduction)}
        .m2{fill:var(--movement)}.m3{fill:var(--element)}
        .wide{overflow-x:auto}
        table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
        .wide table{width:100%}
        th{text-align:left;color:var(--faint);font-weight:500;white-space:nowrap}
        th,td{padding:4px 10px;border-bottom:1px solid var(--line);vertical-align:top}
        td{white-space:nowrap}
        td.how,details td{white-space:normal;color:var(--faint);overflow-wrap:anywhere}
        td.how{min-width:200px}
        details td:first-child{color:var(--text);min-width:90px}
        td.good{color:var(--good)}
        .r{text-align:right}
        .m{background:linear-gradient(to left,\
        color-mix(in srgb,var(--accent) 24%,transparent) var(--w),transparent 0)}
        summary{cursor:pointer}
        summary h2{display:inline}
        summary span{color:var(--faint)}
        @media (max-width:1000px){.cols{grid-template-columns:minmax(0,1fr)}\
        .code{max-height:60vh}.scroll{max-height:66vh}body{padding:14px 12px 40px}}
        @media print{.scroll,.code{max-height:none;overflow:visible}.zoom{display:none}}

        """

    /// Links what stands for the same layer in the graph, the spec and the table; zooms.
    static let script = """
        (function(){
        var groups={};
        document.querySelectorAll('[data-r]').forEach(function(e){
          e.dataset.r.split(' ').forEach(function(r){(groups[r]=groups[r]||[]).push(e)})});
        var lit=[];
        function light(e){
          lit.forEach(function(x){x.classList.remove('on')});
          lit=[];
          if(!e)return;
          e.dataset.r.split(' ').forEach(function(r){
            groups[r].forEach(function(x){x.classList.add('on');lit.push(x)})});
        }
        function reveal(e,selector){
          var done=false;
          e.dataset.r.split(' ').forEach(function(r){groups[r].forEach(function(x){
            if(done||!x.matches(selector)||!x.getClientRects().length)return;
            done=true;
            var box=x.closest('.scroll,.code');
            var a=x.getBoundingClientRect(),b=box.getBoundingClientRect();
            box.scrollBy(a.left+a.width/2-b.left-b.width/2,a.top+a.height/2-b.top-b.height/2);
          })});
        }
        document.addEventListener('mouseover',function(v){
          var e=v.target.closest?v.target.closest('[data-r]'):null;
          light(e);
        });
        document.addEventListener('focusin',function(v){
          var e=v.target.closest('[data-r]');
          if(e)light(e);
        });
        document.addEventListener('click',function(v){
          var e=v.target.closest('[data-r]');
          if(!e)return;
          if(e.closest('.graph')){
            if(v.target.closest('a'))v.preventDefault();
            reveal(e,'.ln');
          }else{
            reveal(e,'.view .n');
            if(!e.closest('.spec'))reveal(e,'.ln');
            if(v.target.closest('td a'))v.preventDefault();
          }
          light(e);
        });
        var zoom=document.querySelector('.zoom'),scale=null;
        zoom.hidden=false;
        function apply(){
          document.querySelectorAll('.scroll svg').forEach(function(s){
            var w=s.viewBox.baseVal.width,h=s.viewBox.baseVal.height,k=scale;
            if(!k){
              var view=s.closest('.view'),shown=getComputedStyle(view).display!=='none';
              var room=shown?s.parentNode.clientWidth:w;
              k=Math.max(k===0?0.05:0.65,Math.min(1,room/w));
            }
            s.setAttribute('width',w*k);
            s.setAttribute('height',h*k);
          });
        }
        zoom.addEventListener('click',function(v){
          var z=v.target.dataset.z;
          if(z===undefined)return;
          if(z==='0'){scale=0;}
          else{
            var s=document.querySelector('.scroll svg');
            var now=scale||s.getAttribute('width')/s.viewBox.baseVal.width||1;
            scale=Math.max(0.1,Math.min(3,now*(z==='1'?1.25:0.8)));
          }
          apply();
        });
        document.querySelectorAll('.graph input').forEach(function(i){
          i.addEventListener('change',function(){if(!scale)apply()})});
        apply();
        })();

        """
}
